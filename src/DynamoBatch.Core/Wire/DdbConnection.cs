using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Wire;

/// <summary>One client of one endpoint, and what it knows of the tables there. Thread-safe; shared by runs.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Shared by runs and kept in the cache for the life of the process; nobody could dispose it safely.")]
public sealed class DdbConnection
{
    /// <summary>Signs where no region is set and an endpoint is given.</summary>
    private const string SigningRegion = "us-east-1";

    private readonly AmazonDynamoDBClient _client;
    private readonly SendRequest _send;
    private readonly TableCatalog _tables;
    private readonly FaultTexts _texts;

    /// <summary>Resolves credentials and region, and makes a client. Connects to nothing yet.</summary>
    /// <param name="settings">What the user said.</param>
    /// <exception cref="DdbException">CredentialsInvalid or EndpointUnreachable: there are no credentials, or no region.</exception>
    public DdbConnection(ConnectionSettings settings)
    {
        if (settings is null)
        {
            throw new ArgumentNullException(nameof(settings));
        }

        if (settings.EndpointUrl is { } given && !(Uri.TryCreate(given, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is "http" or "https"))
        {
            throw new DdbException(FailureKind.EndpointUnreachable, $"-EndpointUrl '{given}' is not a URL that begins with http:// or https://, such as http://localhost:8000.");
        }

        (string? region, RegionSource) = RegionResolver.Resolve(settings);
        (AWSCredentials credentials, CredentialSource source) = CredentialResolver.Resolve(settings);
        CredentialSource = source.Name;
        AmazonDynamoDBConfig config = Configure(settings, region);
        _client = new AmazonDynamoDBClient(credentials, config);
        var sender = new ServiceSender(_client, credentials, config, settings.RequestTimeout);
        _send = sender.SendAsync;

        // The environment and a profile may name an endpoint too; what is shown and asked about must be where it really goes.
        string? url = settings.EndpointUrl ?? _client.Config.ServiceURL;
        _texts = new FaultTexts(url, region, sender.Host, source);
        Endpoint = url ?? region!;
        Region = region ?? SigningRegion;
        _tables = new TableCatalog(_client, Describe, TimeProvider.System, isPatient: !_texts.IsGuess);
        Names = new NameLookup(_client, _tables, TimeProvider.System);
    }

    /// <summary>Where the credentials came from, in words.</summary>
    public string CredentialSource { get; }

    /// <summary>The region that requests are signed for.</summary>
    public string Region { get; }

    /// <summary>Where the region came from, in words.</summary>
    public string RegionSource { get; }

    /// <summary>The endpoint's URL, or the region.</summary>
    public string Endpoint { get; }

    /// <summary>Names of tables, indexes and attributes, as the user types.</summary>
    public NameLookup Names { get; }

    /// <summary>A table's schema; waits while the table is being created. Kept for 60 s.</summary>
    /// <param name="tableName">Its name or ARN.</param>
    /// <param name="log">Told what is waited for.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task<TableSchema> GetSchemaAsync(string tableName, Action<string>? log, CancellationToken cancellation) =>
        _tables.GetSchemaAsync(tableName, log, cancellation);

    /// <summary>The table's TTL attribute; null where it has none or may not be asked.</summary>
    /// <param name="tableName">Its name or ARN.</param>
    /// <param name="warn">Told when it could not be asked.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public Task<string?> GetTtlAttributeAsync(string tableName, Action<string> warn, CancellationToken cancellation) =>
        _tables.GetTtlAttributeAsync(tableName, warn, cancellation);

    /// <summary>Starts a writer over this connection.</summary>
    /// <param name="options">How it sends.</param>
    public BatchWriter CreateWriter(WriterOptions options) =>
        new(new WriteTransport(_send, DescribeFailedWrite, options.Clock), options);

    /// <summary>Starts a reader of keys over this connection.</summary>
    /// <param name="options">How it asks.</param>
    public BatchReader CreateReader(ReaderOptions options) =>
        new(new BatchGetTransport(_send, DescribeFailedRead, options?.ConsistentRead ?? throw new ArgumentNullException(nameof(options))).SendAsync, options);

    /// <summary>Starts a reader of a table or of an index over this connection.</summary>
    /// <param name="source">What is read.</param>
    /// <param name="options">How it asks.</param>
    public TableReader CreateReader(PageSource source, ReaderOptions options) =>
        new(new PageTransport(_send, DescribeFailedRead, source).SendAsync, source, options);

    /// <summary>The control plane over this connection. One for each run.</summary>
    /// <param name="log">Told what is waited for.</param>
    /// <param name="clock">Waits and measures; the system's where null.</param>
    /// <param name="pace">How patiently it asks; the usual way where null.</param>
    internal TableControl CreateTableControl(Action<string> log, TimeProvider? clock = null, ControlPace? pace = null)
    {
        string options = Endpoint.Contains("://") ? $"--region {Region} --endpoint-url {Endpoint}" : $"--region {Endpoint}";
        var place = new ControlPlace(_texts.Place, CredentialSource, options);
        return new TableControl(
            new ControlCaller(_client, place, Describe, pace ?? new ControlPace(), clock ?? TimeProvider.System, log), _tables.Forget);
    }

    /// <summary>Starts a comparison of two tables over this connection.</summary>
    /// <param name="reference">The table that is compared with; the one that rests, if one does.</param>
    /// <param name="difference">The table that is compared.</param>
    /// <param name="options">How they are compared.</param>
    /// <exception cref="DdbException">The keys of the tables differ.</exception>
    public TableComparison CreateComparison(ComparisonSide reference, ComparisonSide difference, ComparisonOptions options) =>
        new(
            new ComparisonTransports(
                source => new PageTransport(_send, DescribeFailedRead, source).SendAsync,
                new BatchGetTransport(_send, DescribeFailedRead, consistent: true).SendAsync),
            reference,
            difference,
            options);

    /// <summary>Words a failure of a table or of the run.</summary>
    internal DdbException Describe(Fault fault, string? table)
    {
        DdbException told = _texts.Describe(fault, table);
        return fault.Cause is { } cause ? new DdbException(told.Kind, told.Message, cause) : told;
    }

    /// <summary>A table that refused writes may have been deleted, or made anew with another key.</summary>
    private DdbException DescribeFailedWrite(Fault fault, WriteTable? table)
    {
        if (table is not null)
        {
            _tables.Forget(table.Name);
        }

        return Describe(fault, table?.Name);
    }

    private DdbException DescribeFailedRead(Fault fault, string? table)
    {
        if (table is not null)
        {
            _tables.Forget(table);
        }

        return fault.Kind is FailureKind.TableNotActive
            ? new DdbException(fault.Kind, $"Table '{table}' {_texts.Place} cannot be read. {fault.Message}")
            : Describe(fault, table);
    }

    private static AmazonDynamoDBConfig Configure(ConnectionSettings settings, string? region)
    {
        var config = new AmazonDynamoDBConfig
        {
            // All retries are this module's own; two kinds would multiply, and the SDK's do not know the order of keys.
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ThrottleRetries = false,
            Timeout = settings.RequestTimeout,
            DisableRequestCompression = true,
            DisableLogging = true,
        };
#if !NETFRAMEWORK
        config.ConnectTimeout = TimeSpan.FromSeconds(5);
#endif
        if (settings.NamedProfile is { } profile)
        {
            // Endpoints and the like are that profile's too, not the default one's.
            config.Profile = new Amazon.Profile(profile, settings.ProfileLocation);
        }

        if (settings.EndpointUrl is null)
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region);
        }
        else
        {
            config.ServiceURL = settings.EndpointUrl;
            config.AuthenticationRegion = region ?? SigningRegion;
        }

        return config;
    }
}
