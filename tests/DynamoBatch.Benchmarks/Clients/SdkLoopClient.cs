using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>
/// What a good engineer writes by hand: 25 items to a BatchWriteItem, 16 requests in flight, what comes back unprocessed sent
/// again after a growing, jittered wait.
/// </summary>
internal sealed class SdkLoopClient : IBulkClient
{
    private const int BatchSize = 25;
    private const int InFlight = 16;
    private const int MaxTries = 10;

    private readonly AmazonDynamoDBClient _client;
    private readonly string[] _tables;

    public SdkLoopClient(AmazonDynamoDBClient client, string[] tables)
    {
        _client = client;
        _tables = tables;
    }

    public async Task WriteAsync(BenchmarkRows rows, int count)
    {
        int taken = 0;
        async Task WorkAsync()
        {
            int start;
            while ((start = Interlocked.Add(ref taken, BatchSize) - BatchSize) < count)
            {
                await SendAsync(Build(rows, start, Math.Min(start + BatchSize, count)));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(WorkAsync)));
    }

    public void Dispose() => _client.Dispose();

    private Dictionary<string, List<WriteRequest>> Build(BenchmarkRows rows, int start, int end)
    {
        var requests = new Dictionary<string, List<WriteRequest>>(_tables.Length);
        for (int i = start; i < end; i++)
        {
            string table = _tables[i % _tables.Length];
            if (!requests.TryGetValue(table, out List<WriteRequest>? writes))
            {
                requests.Add(table, writes = new List<WriteRequest>(BatchSize));
            }

            writes.Add(new WriteRequest { PutRequest = new PutRequest { Item = AttributeValues.Of(rows[i]) } });
        }

        return requests;
    }

    private async Task SendAsync(Dictionary<string, List<WriteRequest>> requests)
    {
        for (int tries = 1; ; tries++)
        {
            BatchWriteItemResponse response = await _client.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = requests });
            if (response.UnprocessedItems is not { Count: > 0 } rest)
            {
                return;
            }

            if (tries == MaxTries)
            {
                throw new InvalidOperationException("Items stayed unprocessed.");
            }

            await Task.Delay(Random.Shared.Next(25 << Math.Min(tries, 8)));
            requests = rest;
        }
    }
}
