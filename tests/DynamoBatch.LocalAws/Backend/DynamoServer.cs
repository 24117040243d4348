using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.LocalAws.Backend;

/// <summary>A DynamoDB server in a child process, on a free loopback port. It ends with this object, and with this process.</summary>
public sealed class DynamoServer : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private int _disposed;

    private DynamoServer(Process process, DynamoServerKind kind, int port)
    {
        _process = process;
        Kind = kind;
        Endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        // Ctrl+C and SIGTERM of a plain program come through here as well; SIGKILL is the watchdog's.
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Where the server answers.</summary>
    public Uri Endpoint { get; }

    /// <summary>Which server runs.</summary>
    public DynamoServerKind Kind { get; }

    /// <summary>Starts the server and returns when it answers.</summary>
    /// <exception cref="InvalidOperationException">It did not start; the message quotes what it said.</exception>
    public static async Task<DynamoServer> StartAsync(DynamoServerKind kind = DynamoServerKind.Best, CancellationToken cancellationToken = default)
    {
        if (kind == DynamoServerKind.Best)
        {
            kind = DynamoServerCommand.Best();
        }

        var said = new StringBuilder();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            // Another process may take the port first: then this one ends at once, and the next port is tried.
            if (await TryStartAsync(kind, FreePort.Find(), said, cancellationToken) is { } server)
            {
                return server;
            }
        }

        throw new InvalidOperationException($"{kind} did not start. It said: {said}");
    }

    /// <summary>Ends the server's process.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        Kill(_process);
        _process.Dispose();
    }

    /// <inheritdoc cref="Dispose" />
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    // Null: the server ended by itself, most likely because its port was taken.
    private static async Task<DynamoServer?> TryStartAsync(DynamoServerKind kind, int port, StringBuilder said, CancellationToken cancellationToken)
    {
        var process = StartProcess(kind, port);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_startTimeout);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
            {
                said.AppendLine(line);
                if (line.Contains("listening", StringComparison.OrdinalIgnoreCase))
                {
                    _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                    await WaitUntilItAnswersAsync(port, timeout.Token);
                    return new DynamoServer(process, kind, port);
                }
            }

            Kill(process);
            said.AppendLine(await errors);
            process.Dispose();
            return null;
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            process.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"{kind} was not ready within {s_startTimeout.TotalSeconds} s. It said: {said}");
        }
    }

    private static Process StartProcess(DynamoServerKind kind, int port)
    {
        var start = DynamoServerCommand.Create(kind, port);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{kind} could not be started ({start.FileName}: {e.Message}).", e);
        }
    }

    private static async Task WaitUntilItAnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var health = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(health, cancellationToken);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(5, cancellationToken);
            }
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or IOException or AggregateException or NotSupportedException)
        {
            // Ended by itself meanwhile.
        }
    }

    private void OnProcessExit(object? sender, EventArgs e) => Dispose();
}
