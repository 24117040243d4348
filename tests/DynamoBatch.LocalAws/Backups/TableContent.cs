using System;
using System.Buffers;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>Reads and fills the backend's tables.</summary>
internal sealed class TableContent(Forwarder backend, OperationTable operations)
{
    private const int LoadsInFlight = 4;
    private static readonly byte[] s_place = Encoding.UTF8.GetBytes($"\"{ScanStarts.Marker}\"");

    /// <summary>The table's description, or null. By all handlers: some settings are kept by the local AWS itself.</summary>
    public async Task<JsonObject?> DescribeAsync(string table, CancellationToken cancellationToken)
    {
        var answer = await operations.CallAsync("DescribeTable", $"{{\"TableName\":{JsonSerializer.Serialize(table)}}}", cancellationToken);
        return answer.Succeeded ? (JsonObject)JsonNode.Parse(answer.Body)!["Table"]! : null;
    }

    public async Task<JsonNode?> DescribeTimeToLiveAsync(string table, CancellationToken cancellationToken)
    {
        var answer = await backend.CallAsync("DescribeTimeToLive", $"{{\"TableName\":{JsonSerializer.Serialize(table)}}}", cancellationToken);
        return answer.Succeeded ? JsonNode.Parse(answer.Body)!["TimeToLiveDescription"]?.DeepClone() : null;
    }

    /// <summary>Reads all items. Nobody may write meanwhile.</summary>
    public async Task ScanAsync(string table, Action<byte[]> take, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? start = null;
        do
        {
            // In one piece: a segment's scan ends early where its start key has gone, and a place held there is no item.
            var output = new ArrayBufferWriter<byte>(512);
            output.Write(Encoding.UTF8.GetBytes($"{{\"TableName\":{JsonSerializer.Serialize(table)},\"ConsistentRead\":true"));
            if (start is { } key)
            {
                output.Write(",\"ExclusiveStartKey\":"u8);
                output.Write(key.Span);
            }

            output.Write("}"u8);
            var answer = Expect(await backend.CallAsync("Scan", output.WrittenSpan.ToArray(), cancellationToken), "Scan");
            var members = JsonSlices.Members(answer.Body);
            foreach (var item in JsonSlices.Elements(members.Find(m => m.Name == "Items").Value))
            {
                Take(item, take);
            }

            var last = members.Find(m => m.Name == "LastEvaluatedKey").Value;
            start = last.IsEmpty || last.Span[0] != (byte)'{' ? default(ReadOnlyMemory<byte>?) : last;
        }
        while (start is not null);
    }

    /// <summary>Reads the items of some keys, consistently.</summary>
    public async Task GetAsync(string table, KeyNames names, IReadOnlyList<ReadOnlyMemory<byte>> attributes, Action<byte[]> take, CancellationToken cancellationToken)
    {
        for (var i = 0; i < attributes.Count; i += 100)
        {
            var output = new ArrayBufferWriter<byte>(1024);
            output.Write(Encoding.UTF8.GetBytes($"{{\"RequestItems\":{{{JsonSerializer.Serialize(table)}:{{\"ConsistentRead\":true,\"Keys\":["));
            for (var k = i; k < Math.Min(i + 100, attributes.Count); k++)
            {
                output.Write(k == i ? ""u8 : ","u8);
                ItemKeys.Write(names, attributes[k].Span, output);
            }

            output.Write("]}}}"u8);
            await GetAsync(table, output.WrittenSpan.ToArray(), take, cancellationToken);
        }
    }

    /// <summary>Fills a table.</summary>
    public async Task LoadAsync(string table, IReadOnlyList<byte[]> images, CancellationToken cancellationToken)
    {
        var next = -25;
        var workers = new Task[LoadsInFlight];
        for (var i = 0; i < workers.Length; i++)
        {
            workers[i] = WorkAsync();
        }

        await Task.WhenAll(workers);

        async Task WorkAsync()
        {
            await Task.Yield();
            int from;
            while ((from = Interlocked.Add(ref next, 25)) < images.Count)
            {
                await PutAsync(table, images, from, Math.Min(from + 25, images.Count), cancellationToken);
            }
        }
    }

    // A place that a scan holds is no item.
    private static void Take(ReadOnlyMemory<byte> item, Action<byte[]> take)
    {
        if (item.Span.IndexOf(s_place) < 0)
        {
            take(item.ToArray());
        }
    }

    private async Task GetAsync(string table, byte[] body, Action<byte[]> take, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = Expect(await backend.CallAsync("BatchGetItem", body, cancellationToken), "BatchGetItem");
            var members = JsonSlices.Members(answer.Body);
            JsonSlices.Elements(JsonSlices.Find(members.Find(m => m.Name == "Responses").Value, table) ?? default).ForEach(item => Take(item, take));
            var left = members.Find(m => m.Name == "UnprocessedKeys").Value;
            if (JsonSlices.Members(left).Count == 0)
            {
                return;
            }

            var output = new ArrayBufferWriter<byte>(left.Length + 32);
            output.Write("{\"RequestItems\":"u8);
            output.Write(left.Span);
            output.Write("}"u8);
            body = output.WrittenSpan.ToArray();
        }
    }

    private async Task PutAsync(string table, IReadOnlyList<byte[]> images, int from, int to, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        output.Write(Encoding.UTF8.GetBytes($"{{\"RequestItems\":{{{JsonSerializer.Serialize(table)}:["));
        for (var i = from; i < to; i++)
        {
            output.Write(i == from ? "{\"PutRequest\":{\"Item\":"u8 : ",{\"PutRequest\":{\"Item\":"u8);
            output.Write(images[i]);
            output.Write("}}"u8);
        }

        output.Write("]}}"u8);
        Expect(await backend.CallAsync("BatchWriteItem", output.WrittenSpan.ToArray(), cancellationToken), "BatchWriteItem");
    }

    private static Answer Expect(Answer answer, string operation) => answer.Succeeded
        ? answer : throw new HttpRequestException($"{operation} of the local AWS itself failed: {Encoding.UTF8.GetString(answer.Body)}");
}
