using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Faults that hit a part of a batch.</summary>
internal static class BatchFaults
{
    /// <summary>Performs the part that is not hit, and hands the rest back in the answer.</summary>
    public static Task<Answer> LeaveUnprocessedAsync(Exchange exchange, Decision decision, OperationTable operations, CancellationToken stopping)
    {
        if (exchange.Operation == "BatchExecuteStatement")
        {
            return StatementFaults.ApplyAsync(exchange, decision, operations, stopping);
        }

        if (TryParse(exchange) is not { } batch)
        {
            exchange.Record.Fault = FaultKind.None;
            return operations.ApplyAsync(exchange, exchange.Body, stopping);
        }

        var hit = decision.Hit(batch.Elements.Count);
        if (decision.Fault == FaultKind.UnprocessedAll)
        {
            Array.Fill(hit, true);
        }
        else if (Array.TrueForAll(hit, h => h))
        {
            // Unprocessed items are throttled ones, and a batch of nothing else is an exception.
            exchange.Record.Fault = FaultKind.Throttled;
            return Task.FromResult(Throttled(exchange, decision));
        }

        return LeaveUnprocessedAsync(exchange, batch, hit, operations, stopping);
    }

    /// <inheritdoc cref="LeaveUnprocessedAsync(Exchange, Decision, OperationTable, CancellationToken)" />
    public static Task<Answer> LeaveUnprocessedAsync(Exchange exchange, bool[] hit, OperationTable operations, CancellationToken stopping) =>
        LeaveUnprocessedAsync(exchange, TryParse(exchange)!, hit, operations, stopping);

    /// <summary>The exception for a request throttled whole.</summary>
    public static Answer Throttled(Exchange exchange, Decision decision)
    {
        var reads = exchange.Operation is "BatchGetItem" or "GetItem" or "Query" or "Scan" or "TransactGetItems";
        var reason = decision.Faults.ThrottlingReason ?? (reads ? "TableReadProvisionedThroughputExceeded" : "TableWriteProvisionedThroughputExceeded");
        var tables = RequestTables.Of(exchange.Operation, exchange.Body).DefaultIfEmpty("unknown");
        // BatchExecuteStatement knows but one of the two exceptions.
        return AwsError.Throttled(
            onDemand: exchange.Operation == "BatchExecuteStatement" || !reason.Contains("Provisioned", StringComparison.Ordinal), tables.Select(t => (reason, AwsError.TableArn(t))));
    }

    /// <summary>The request without the items that are hit; all of it when it is no batch, null when nothing is left.</summary>
    public static ReadOnlyMemory<byte>? WithoutHit(Exchange exchange, Decision decision)
    {
        if (exchange.Operation == "BatchExecuteStatement" && StatementBatch.TryParse(exchange.Body) is { } statements)
        {
            var hit = decision.Hit(statements.Statements.Count);
            return statements.With(i => !hit[i]);
        }

        if (TryParse(exchange) is not { } batch)
        {
            return exchange.Body;
        }

        var (kept, _) = Split(batch, decision.Hit(batch.Elements.Count));
        return kept.Count == 0 ? default(ReadOnlyMemory<byte>?) : batch.With(kept);
    }

    private static async Task<Answer> LeaveUnprocessedAsync(
        Exchange exchange, BatchBody batch, bool[] hit, OperationTable operations, CancellationToken stopping)
    {
        var (kept, left) = Split(batch, hit);
        exchange.Record.Unprocessed = left.Count;
        var answer = kept.Count == 0
            ? AwsError.Json(200, Empty(exchange.Operation, batch))
            : await operations.ApplyAsync(exchange, left.Count == 0 ? exchange.Body : batch.With(kept), stopping);
        return answer.Succeeded && left.Count > 0 ? answer.With(WithUnprocessed(exchange.Operation, batch, answer.Body, left)) : answer;
    }

    private static (List<BatchElement> Kept, List<BatchElement> Left) Split(BatchBody batch, bool[] hit)
    {
        var kept = new List<BatchElement>();
        var left = new List<BatchElement>();
        for (var i = 0; i < hit.Length; i++)
        {
            (hit[i] ? left : kept).Add(batch.Elements[i]);
        }

        return (kept, left);
    }

    private static BatchBody? TryParse(Exchange exchange)
    {
        try
        {
            var batch = exchange.Operation switch
            {
                "BatchWriteItem" => BatchBody.Parse(exchange.Body, elements: null),
                "BatchGetItem" => BatchBody.Parse(exchange.Body, elements: "Keys"),
                _ => null,
            };
            // What AWS rejects whole is for the backend to reject: a part of it could pass.
            return batch is null || batch.Elements.Count > (exchange.Operation == "BatchGetItem" ? 100 : 25) ? null : batch;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] WithUnprocessed(string operation, BatchBody batch, ReadOnlyMemory<byte> answer, List<BatchElement> left)
    {
        var name = operation == "BatchGetItem" ? "UnprocessedKeys" : "UnprocessedItems";
        var output = new ArrayBufferWriter<byte>(answer.Length + 1024);
        output.Write("{"u8);
        foreach (var member in JsonSlices.Members(answer))
        {
            if (member.Name != name)
            {
                output.Write(member.Raw.Span);
                output.Write(","u8);
            }
        }

        output.Write(operation == "BatchGetItem" ? "\"UnprocessedKeys\":"u8 : "\"UnprocessedItems\":"u8);
        batch.WriteItems(output, left);
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    // What the backend would have answered if it had been asked for nothing.
    private static byte[] Empty(string operation, BatchBody batch)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        if (operation == "BatchGetItem")
        {
            json.WriteStartObject("Responses");
            batch.Tables.ForEach(t => { json.WriteStartArray(t); json.WriteEndArray(); });
            json.WriteEndObject();
        }

        if (batch.WantsCapacity)
        {
            json.WriteStartArray("ConsumedCapacity");
            foreach (var table in batch.Tables)
            {
                json.WriteStartObject();
                json.WriteString("TableName", table);
                json.WriteNumber("CapacityUnits", 0);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }
}
