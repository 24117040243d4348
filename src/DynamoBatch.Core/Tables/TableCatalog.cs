using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Tables;

/// <summary>Reads table schemas, and keeps each for a minute. A table being created is waited for.</summary>
internal sealed class TableCatalog
{
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan NeverReached = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NeverAnswered = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly IAmazonDynamoDB _client;
    private readonly Func<Fault, string, DdbException> _describe;
    private readonly TimeProvider _clock;
    private readonly bool _isPatient;
    private readonly ConcurrentDictionary<string, (TableSchema Schema, long ReadAt)> _schemas = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string? Attribute, long ReadAt)> _ttlAttributes = new(StringComparer.Ordinal);

    /// <summary>Creates the catalog of one endpoint.</summary>
    /// <param name="client">Asks the endpoint.</param>
    /// <param name="describe">Words its failures.</param>
    /// <param name="clock">Waits and measures.</param>
    /// <param name="isPatient">Whether a host that is not found is asked for again: not one whose name was made up.</param>
    public TableCatalog(IAmazonDynamoDB client, Func<Fault, string, DdbException> describe, TimeProvider clock, bool isPatient = true)
    {
        _isPatient = isPatient;
        _client = client;
        _describe = describe;
        _clock = clock;
    }

    public async Task<TableSchema> GetSchemaAsync(string tableName, Action<string>? log, CancellationToken cancellation)
    {
        if (_schemas.TryGetValue(tableName, out (TableSchema Schema, long ReadAt) known) && _clock.GetElapsedTime(known.ReadAt) < Keep)
        {
            return known.Schema;
        }

        TableDescription table = await WaitUntilUsableAsync(tableName, log, cancellation).ConfigureAwait(false);
        TableSchema schema = SchemaReader.Read(tableName, table);
        _schemas[tableName] = (schema, _clock.GetTimestamp());
        return schema;
    }

    /// <summary>The table is not what it was: the next run asks again.</summary>
    public void Forget(string tableName)
    {
        _schemas.TryRemove(tableName, out _);
        _ttlAttributes.TryRemove(tableName, out _);
    }

    public async Task<string?> GetTtlAttributeAsync(string tableName, Action<string> warn, CancellationToken cancellation)
    {
        if (_ttlAttributes.TryGetValue(tableName, out (string? Attribute, long ReadAt) known) && _clock.GetElapsedTime(known.ReadAt) < Keep)
        {
            return known.Attribute;
        }

        var request = new DescribeTimeToLiveRequest { TableName = tableName };
        try
        {
            DescribeTimeToLiveResponse response = await AskAsync(
                limited => _client.DescribeTimeToLiveAsync(request, limited), tableName, cancellation).ConfigureAwait(false);
            string? attribute = response.TimeToLiveDescription?.AttributeName;
            _ttlAttributes[tableName] = (attribute, _clock.GetTimestamp());
            return attribute;
        }
        catch (DdbException exception)
        {
            warn($"Whether table '{tableName}' has a TTL attribute could not be asked. {exception.Message}");
            return null;
        }
    }

    private async Task<TableDescription> WaitUntilUsableAsync(string tableName, Action<string>? log, CancellationToken cancellation)
    {
        var request = new DescribeTableRequest { TableName = tableName };
        bool told = false;
        while (true)
        {
            DescribeTableResponse response = await AskAsync(
                limited => _client.DescribeTableAsync(request, limited), tableName, cancellation).ConfigureAwait(false);
            TableDescription table = response.Table;
            if (table.TableStatus == TableStatus.ACTIVE || table.TableStatus == TableStatus.UPDATING)
            {
                return table;
            }

            if (table.TableStatus != TableStatus.CREATING)
            {
                var fault = new Fault(ReplyKind.TableFailed, FailureKind.TableNotActive, $"Its state is {table.TableStatus}.");
                throw _describe(fault, tableName);
            }

            if (!told)
            {
                told = true;
                log?.Invoke($"Table '{tableName}' is being created; waiting for it.");
            }

            await _clock.Delay(Poll, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Asks until there is an answer that stands.</summary>
    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, string tableName, CancellationToken cancellation)
    {
        var random = new Random();
        long start = _clock.GetTimestamp();
        bool reached = false;
        Fault? earlier = null;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(NeverAnswered);
        for (int setbacks = 1; ; setbacks++)
        {
            Fault fault;
            try
            {
                return await ask(limited.Token).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                cancellation.ThrowIfCancellationRequested();

                // That time ran out in the middle of a try says less than what the tries before it met.
                fault = limited.IsCancellationRequested && earlier is { } met ? met : FaultReader.Read(exception);
                earlier = fault;
            }

            // There is no item whose size could be to blame.
            fault = fault.IsBare ? fault.ToForeign() : fault;

            reached |= fault.Reached;
            TimeSpan limit = !reached && fault.Kind is FailureKind.EndpointUnreachable ? NeverReached : NeverAnswered;
            bool final = fault.Reply is ReplyKind.Fatal or ReplyKind.TableFailed or ReplyKind.Rejected
                || ((!_isPatient || fault.IsTls) && !reached && fault.Kind is FailureKind.EndpointUnreachable);
            if (final || _clock.GetElapsedTime(start) > limit)
            {
                throw fault.Reply is ReplyKind.Rejected
                    ? new DdbException(FailureKind.TableNotFound, $"'{tableName}' is not accepted as a table's name. {fault.Message}")
                    : _describe(final ? fault : fault with { Kind = FailureKind.EndpointUnreachable }, tableName);
            }

            await _clock.Delay(RetryPolicy.Delay(setbacks, random.NextDouble()), cancellation).ConfigureAwait(false);
        }
    }
}
