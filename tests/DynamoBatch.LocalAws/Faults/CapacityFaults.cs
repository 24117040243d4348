using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Performs what the write capacity allows. Of a batch the rest is unprocessed; when nothing is left, the exception says why.</summary>
internal static class CapacityFaults
{
    public static async Task<Answer> ApplyAsync(
        Exchange exchange, OperationTable operations, WriteCapacity capacity, IReadOnlyList<ItemWrite> writes, CancellationToken stopping)
    {
        var throttled = new bool[writes.Count];
        var reasons = new List<(string, string)>();
        for (var i = 0; i < writes.Count; i++)
        {
            if (capacity.TryTake(writes[i]) is { } reason)
            {
                throttled[i] = true;
                reasons.Add((reason, AwsError.TableArn(writes[i].Table)));
            }
        }

        var isBatch = exchange.Operation == "BatchWriteItem";
        if (reasons.Count == 0)
        {
            return await operations.ApplyAsync(exchange, exchange.Body, stopping);
        }

        exchange.Record.Fault = isBatch && reasons.Count < writes.Count ? FaultKind.UnprocessedSome : FaultKind.Throttled;
        return exchange.Record.Fault == FaultKind.Throttled
            ? AwsError.Throttled(capacity.OnDemand, reasons.Distinct())
            : await BatchFaults.LeaveUnprocessedAsync(exchange, throttled, operations, stopping);
    }
}
