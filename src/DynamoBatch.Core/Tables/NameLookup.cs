using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace DynamoBatch.Core.Tables;

/// <summary>
/// Looks up names as the user types, and keeps each answer for a minute. Whoever asks while an answer is under way shares it; a
/// lookup that failed is made anew. Thread-safe.
/// </summary>
public sealed class NameLookup
{
    private const int MostSampled = 25;
    private const long SampleBytes = 32 * 1024; // 4 read units, eventually consistent.
    private const int SampledBlind = 5;
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(10);

    private readonly IAmazonDynamoDB _client;
    private readonly TableCatalog _tables;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<(string Kind, string Table), (FoundNames Names, long AskedAt)> _known = new();

    internal NameLookup(IAmazonDynamoDB client, TableCatalog tables, TimeProvider clock)
    {
        _client = client;
        _tables = tables;
        _clock = clock;
    }

    /// <summary>The tables of the account in the region. Asks ListTables.</summary>
    public FoundNames FindTables() => Find("tables", string.Empty, ListTablesAsync);

    /// <summary>The indexes of a table. Asks DescribeTable.</summary>
    /// <param name="tableName">Its name or ARN.</param>
    public FoundNames FindIndexes(string tableName) => Find("indexes", tableName, async (found, cancellation) =>
    {
        TableSchema schema = await _tables.GetSchemaAsync(tableName, null, cancellation).ConfigureAwait(false);
        foreach (IndexSchema index in schema.Indexes)
        {
            string keys = string.Join(", ", index.PartitionKeys.Concat(index.SortKeys).Select(k => k.Name));
            found.Add(index.Name, $"{(index.IsGlobal ? "global" : "local")} index, key: {keys}");
        }
    });

    /// <summary>
    /// Top-level attributes: those of the keys, by DescribeTable, and those of a few items, by one Scan request of about four read
    /// units at most. Where Scan is denied, those of the keys.
    /// </summary>
    /// <param name="tableName">The table's name or ARN.</param>
    public FoundNames FindAttributes(string tableName) => Find("attributes", tableName, async (found, cancellation) =>
    {
        TableSchema schema = await _tables.GetSchemaAsync(tableName, null, cancellation).ConfigureAwait(false);
        AddKey(found, schema.PartitionKey, "partition key");
        AddKey(found, schema.SortKey, "sort key");
        foreach (KeyAttribute key in schema.IndexKeys)
        {
            AddKey(found, key, "key of an index");
        }

        if (SampleOf(schema) is > 0 and int limit)
        {
            await SampleAsync(found, tableName, limit, cancellation).ConfigureAwait(false);
        }
    });

    /// <summary>How many items may be read: none where they are large.</summary>
    private static int SampleOf(TableSchema schema) =>
        schema.ApproximateItems > 0 && schema.ApproximateBytes > 0
            ? (int)Math.Min(MostSampled, SampleBytes / Math.Max(1, schema.ApproximateBytes / schema.ApproximateItems))
            : SampledBlind;

    private static void AddKey(FoundNames found, KeyAttribute? key, string role)
    {
        if (key is not null)
        {
            found.Add(key.Name, $"{key.Type}, {role}", key.Type.ToString());
        }
    }

    private static string TypeOf(AttributeValue value) =>
        value.S is not null ? "S"
        : value.N is not null ? "N"
        : value.BOOL is not null ? "BOOL"
        : value.M is not null ? "M"
        : value.L is not null ? "L"
        : value.SS is not null ? "SS"
        : value.NS is not null ? "NS"
        : value.B is not null ? "B"
        : value.BS is not null ? "BS"
        : "NULL";

    private FoundNames Find(string kind, string table, Func<FoundNames, CancellationToken, Task> ask)
    {
        if (_known.TryGetValue((kind, table), out (FoundNames Names, long AskedAt) known)
            && !known.Names.Completion.IsFaulted && !known.Names.Completion.IsCanceled && _clock.GetElapsedTime(known.AskedAt) < Keep)
        {
            return known.Names;
        }

        var found = new FoundNames();
        found.Completion = Task.Run(async () =>
        {
            using var cancellation = new CancellationTokenSource(GiveUp);
            await ask(found, cancellation.Token).ConfigureAwait(false);
        });
        _known[(kind, table)] = (found, _clock.GetTimestamp());
        return found;
    }

    private async Task ListTablesAsync(FoundNames found, CancellationToken cancellation)
    {
        string? last = null;
        do
        {
            ListTablesResponse page = await _client.ListTablesAsync(new ListTablesRequest { ExclusiveStartTableName = last }, cancellation).ConfigureAwait(false);
            foreach (string name in page.TableNames ?? new List<string>())
            {
                found.Add(name, $"table {name}");
            }

            last = page.LastEvaluatedTableName;
        }
        while (!string.IsNullOrEmpty(last));
    }

    private async Task SampleAsync(FoundNames found, string tableName, int limit, CancellationToken cancellation)
    {
        try
        {
            ScanResponse page = await _client.ScanAsync(new ScanRequest { TableName = tableName, Limit = limit }, cancellation).ConfigureAwait(false);
            foreach (KeyValuePair<string, AttributeValue> attribute in (page.Items ?? []).SelectMany(item => item))
            {
                string type = TypeOf(attribute.Value);
                found.Add(attribute.Key, type, type);
            }
        }
        catch (AmazonServiceException)
        {
            // Who may not scan, or is throttled, has the names of the keys.
        }
    }
}
