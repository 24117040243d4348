using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;
using DynamoBatch.LocalAws;
using Xunit;
using KeyType = DynamoBatch.Core.Tables.KeyType;

namespace DynamoBatch.Core.Tests.Sending;

/// <summary>A local AWS, a connection to it as the module makes one, and a reader of its own past all faults.</summary>
public sealed class LocalAwsFixture : IAsyncLifetime
{
    /// <summary>How long a key's next write waits here after one that may land late: longer than the local AWS lets any land.</summary>
    public static readonly TimeSpan Quarantine = TimeSpan.FromMilliseconds(600);

    private AmazonDynamoDBClient? _reader;
    private int _tables;

    public LocalAwsServer Aws { get; private set; } = null!;

    public DdbConnection Connection { get; private set; } = null!;

    private AmazonDynamoDBClient Reader => _reader!;

    public async Task InitializeAsync()
    {
        Aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { LogKeys = true, LateLimit = Quarantine - TimeSpan.FromMilliseconds(100) });
        _reader = new AmazonDynamoDBClient(
            new BasicAWSCredentials("a", "b"),
            new AmazonDynamoDBConfig { ServiceURL = Aws.BackendEndpoint.ToString(), AuthenticationRegion = "us-east-1" });
        Connection = Connect(TimeSpan.FromMinutes(5)); // A request is given up for its fault, not for a slow machine.
    }

    /// <summary>A connection whose requests are given up after so long.</summary>
    public DdbConnection Connect(TimeSpan requestTimeout) => new(
        new ConnectionSettings { EndpointUrl = Aws.Endpoint.ToString(), AccessKey = "a", SecretKey = "b", RequestTimeout = requestTimeout });

    public async Task DisposeAsync()
    {
        _reader?.Dispose();
        await Aws.DisposeAsync();
    }

    /// <summary>A new table whose key is the text attribute <c>id</c>, or number <c>n</c>, and its schema as the module reads it.</summary>
    public async Task<WriteTable> CreateTableAsync(int ordinal = 0, KeyType type = KeyType.S)
    {
        string name = "Table" + Interlocked.Increment(ref _tables);
        await Reader.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions = [new("id", type.ToString())],
                KeySchema = [new("id", Amazon.DynamoDBv2.KeyType.HASH)],
            });
        return new WriteTable(await Connection.GetSchemaAsync(name, null, default), ordinal);
    }

    public static WriteOperation Put(WriteTable table, object id, int value, string? padding = null)
    {
        var encoder = new ItemEncoder(table.Schema);
        encoder.Begin();
        encoder.Add(encoder.Plan("id"), id);
        encoder.Add(encoder.Plan("v"), value);
        if (padding is not null)
        {
            encoder.Add(encoder.Plan("p"), padding);
        }

        return new WriteOperation(table, WriteVerb.Put, encoder.Finish(), value);
    }

    public static WriteOperation Delete(WriteTable table, object id, int value)
    {
        var encoder = new ItemEncoder(table.Schema);
        encoder.Begin(keyOnly: true);
        encoder.Add(encoder.Plan("id"), id);
        return new WriteOperation(table, WriteVerb.Delete, encoder.Finish(), value);
    }

    /// <summary>What the table holds: key text to value.</summary>
    public async Task<Dictionary<string, int>> ReadAsync(WriteTable table) =>
        (await ReadItemsAsync(table)).ToDictionary(i => i.Key, i => int.Parse(i.Value["v"], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>What the table holds: key text to the texts and numbers of the item.</summary>
    public async Task<Dictionary<string, Dictionary<string, string>>> ReadItemsAsync(WriteTable table)
    {
        await Aws.SettleAsync();
        var content = new Dictionary<string, Dictionary<string, string>>();
        Dictionary<string, AttributeValue>? next = null;
        do
        {
            ScanResponse page = await Reader.ScanAsync(new ScanRequest { TableName = table.Name, ConsistentRead = true, ExclusiveStartKey = next });
            foreach (Dictionary<string, AttributeValue> item in page.Items)
            {
                content[item["id"].S ?? item["id"].N] = item.ToDictionary(a => a.Key, a => a.Value.S ?? a.Value.N);
            }

            next = page.LastEvaluatedKey;
        }
        while (next is { Count: > 0 });

        return content;
    }
}
