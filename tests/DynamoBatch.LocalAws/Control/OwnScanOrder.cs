using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Faults;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Control;

/// <summary>
/// Scans of each table in an order of its own (<see cref="ScanOrder.Own" />): the backend is read in blocks that the TableId shuffles, and a
/// start key says in which of them a scan goes on. Within a block the order is the backend's. Scans of indexes, and dynalite's, stay as they are.
/// </summary>
internal sealed class OwnScanOrder(FaultControl faults, TableKeys tables)
{
    // Of two segments of 8,192 one has no bucket: empty, and yet checked by the backend.
    private const int NoBucket = 1;
    private const int NoBucketOf = 2 * PartitionHash.Buckets;

    public async Task<Answer> ApplyAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (faults.Current.ScanOrder == ScanOrder.Same || ScanRequest.TryParse(call.Body) is not { } request
            || await tables.GetAsync(request.Table, cancellationToken) is not { } names)
        {
            return await call.ForwardAsync(call.Body, cancellationToken);
        }

        var blocks = new ScanBlocks(names.TableId, request.Segment, request.TotalSegments);
        if (blocks.Blocks.IsEmpty)
        {
            return await call.ForwardAsync(request.Of(NoBucket, NoBucketOf, request.Limit, null), cancellationToken);
        }

        var at = 0;
        if (request.Start is { } start)
        {
            if (Bucket(start, names.PartitionKey) is not { } bucket)
            {
                return await call.ForwardAsync(call.Body, cancellationToken);
            }

            at = blocks.IndexOf(bucket);
            if (at < 0)
            {
                return AwsError.Validation("The provided starting key is invalid: Please use ExclusiveStartKey with correct Segment. "
                    + $"TotalSegments: {request.TotalSegments} Segment: {request.Segment}");
            }
        }

        return await ReadAsync(call, request, blocks, at, cancellationToken);
    }

    private static async Task<Answer> ReadAsync(OperationCall call, ScanRequest request, ScanBlocks blocks, int at, CancellationToken cancellationToken)
    {
        var consistent = JsonSlices.Find(call.Body, "ConsistentRead") is { } flag && flag.Span.SequenceEqual("true"u8);
        var page = new ScanPage();
        var start = request.Start;
        while (true)
        {
            // A page ends behind an item. Where a megabyte is full at the end of a block, that is the next block's first one.
            int? limit = page.IsFull(consistent) ? 1 : request.Limit is { } most ? Math.Max(1, most - page.Scanned) : null;
            var answer = await call.ForwardAsync(request.Of(blocks.Blocks[at], blocks.Count, limit, start), cancellationToken);
            if (!answer.Succeeded)
            {
                return answer;
            }

            page.Add(answer.Body);
            start = null;
            if (page.HasEnd || ++at == blocks.Blocks.Length)
            {
                return page.ToAnswer(answer, request);
            }
        }
    }

    private static int? Bucket(ReadOnlyMemory<byte> key, string name)
    {
        using var json = JsonDocument.Parse(key);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) ? PartitionHash.Bucket(value) : null;
    }
}
