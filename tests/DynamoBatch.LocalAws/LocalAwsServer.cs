using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Backups;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Faults;
using DynamoBatch.LocalAws.Http;
using DynamoBatch.LocalAws.Log;
using DynamoBatch.LocalAws.Settings;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DynamoBatch.LocalAws;

/// <summary>
/// A local AWS for tests, demos and benchmarks: a DynamoDB server with the faults that AWS has and the server has not.
/// <c>await using var aws = await LocalAwsServer.StartAsync();</c>
/// </summary>
public sealed class LocalAwsServer : IAsyncDisposable
{
    private readonly DynamoServer? _server;
    private readonly Forwarder _backend;
    private readonly LateWrites _lateWrites;
    private readonly CancellationTokenSource _stopping = new();
    private readonly KestrelServer _kestrel;
    private int _disposed;

    private LocalAwsServer(LocalAwsOptions options, DynamoServer? server, Uri backend)
    {
        _server = server;
        BackendEndpoint = backend;
        Faults = new FaultControl(options.Faults, options.Time);
        Backups = new BackupControl(options.Backups, options.Time, options.ClockBehind);
        _lateWrites = new LateWrites(options.LateLimit, options.Time);
        Log = new RequestLog(options.Time, options.KeepRecords, options.LogKeys);
        _backend = new Forwarder(backend);
        _kestrel = CreateKestrel(options.Port);
        Endpoint = backend;
    }

    /// <summary>Where clients connect.</summary>
    public Uri Endpoint { get; private set; }

    /// <summary>The DynamoDB server behind: no faults, no log.</summary>
    public Uri BackendEndpoint { get; }

    /// <summary>What goes wrong. Changes take effect at once.</summary>
    public FaultControl Faults { get; }

    /// <summary>The clock and the durations of backups and restores.</summary>
    public BackupControl Backups { get; }

    /// <summary>What was asked, and what was done.</summary>
    public RequestLog Log { get; }

    /// <summary>Starts a DynamoDB server and the local AWS in front of it; both answer when this returns.</summary>
    /// <exception cref="InvalidOperationException">The DynamoDB server did not start.</exception>
    /// <exception cref="ArgumentException">A fault's chance or delay makes no sense.</exception>
    public static async Task<LocalAwsServer> StartAsync(LocalAwsOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LocalAwsOptions();
        options.Faults.Check();
        var server = options.Backend is null ? await DynamoServer.StartAsync(options.Server, cancellationToken) : null;
        LocalAwsServer? aws = null;
        try
        {
            aws = new LocalAwsServer(options, server, options.Backend ?? server!.Endpoint);
            await aws.ListenAsync(options.Time, cancellationToken);
            return aws;
        }
        catch
        {
            await (aws?.DisposeAsync() ?? server?.DisposeAsync() ?? default);
            throw;
        }
    }

    /// <summary>Returns when every late write that was promised has landed.</summary>
    public Task SettleAsync() => _lateWrites.SettleAsync();

    /// <summary>Cuts what is still open, and ends the DynamoDB server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        // A cancelled token: do not wait for idle connections.
        await _kestrel.StopAsync(new CancellationToken(canceled: true));
        _kestrel.Dispose();
        _backend.Dispose();
        _server?.Dispose();
    }

    private async Task ListenAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var keys = new TableKeys(_backend);
        var writes = new RequestWrites(keys);
        var operations = new OperationTable(_backend, keys, Faults, new StaleReads(_backend, keys, writes, time), _lateWrites, time);
        SettingsOperations.Register(operations, _backend, Faults, time);
        BackupParts.Register(operations, _backend, writes, Backups);
        var runner = new FaultRunner(operations, _lateWrites, time, _stopping.Token);
        var dataPlane = new DataPlane(Faults, Log, writes, new RequestReads(keys), operations, runner, time, _stopping.Token);
        await _kestrel.StartAsync(new LocalAwsApplication(dataPlane, new ControlEndpoints(Faults, Log, _lateWrites, Backups, time)), cancellationToken);
        Endpoint = new Uri(_kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.Single().TrimEnd('/') + "/");
    }

    private static KestrelServer CreateKestrel(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null; // DynamoDB's own limit has its own answer.
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        return new KestrelServer(
            Options.Create(options),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }
}
