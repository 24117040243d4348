using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Control;

/// <summary>
/// A scan of a segment goes on behind its ExclusiveStartKey, also where that item was deleted meanwhile. The backend then finds
/// nothing more; so where it says that, and the item is gone, the item's place is held for the time of the request.
/// </summary>
internal sealed class ScanStarts(Forwarder backend, TableKeys tables)
{
    internal const string Marker = "local-aws-place";

    public async Task<Answer> ApplyAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var answer = await call.ForwardAsync(call.Body, cancellationToken);
        if (!answer.Succeeded || !IsEmptyEnd(answer.Body) || Start(call.Body) is not var (table, key) || await tables.GetAsync(table, cancellationToken) is not { } names)
        {
            return answer;
        }

        var held = await backend.CallAsync(
            "PutItem",
            $$$"""{"TableName":{{{JsonSerializer.Serialize(table)}}},"Item":{{{key[..^1]}}},"{{{Marker}}}":{"BOOL":true}},"ConditionExpression":"attribute_not_exists(#k)","ExpressionAttributeNames":{"#k":{{{JsonSerializer.Serialize(names.PartitionKey)}}}}}""",
            cancellationToken);
        if (!held.Succeeded)
        {
            return answer; // The item is there, so this is the end.
        }

        try
        {
            return await call.ForwardAsync(call.Body, cancellationToken);
        }
        finally
        {
            // Unless somebody has written the item by now.
            await backend.CallAsync(
                "DeleteItem",
                $$$"""{"TableName":{{{JsonSerializer.Serialize(table)}}},"Key":{{{key}}},"ConditionExpression":"attribute_exists(#m)","ExpressionAttributeNames":{"#m":"{{{Marker}}}"}}""",
                CancellationToken.None);
        }
    }

    private static bool IsEmptyEnd(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("ScannedCount", out var count) && count.GetInt32() == 0 && !json.RootElement.TryGetProperty("LastEvaluatedKey", out _);
    }

    /// <summary>The table and start key of a scan that has both and is of a segment.</summary>
    private static (string Table, string Key)? Start(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("Segment", out _)
            && !json.RootElement.TryGetProperty("IndexName", out _)
            && json.RootElement.TryGetProperty("ExclusiveStartKey", out var key)
            && key.ValueKind is JsonValueKind.Object
                ? (json.RootElement.GetProperty("TableName").GetString()!, key.GetRawText())
                : null;
    }
}
