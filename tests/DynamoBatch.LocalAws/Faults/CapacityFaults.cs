using System;
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
        var reasons = writes.Select(capacity.TryTake).ToArray();
        if (Array.TrueForAll(reasons, r => r is null))
        {
            return await operations.ApplyAsync(exchange, exchange.Body, stopping);
        }

        var all = Array.TrueForAll(reasons, r => r is not null);
        switch (exchange.Operation)
        {
            case "BatchExecuteStatement":
                exchange.Record.Fault = FaultKind.StatementsThrottled;
                return await StatementFaults.ThrottleAsync(exchange, reasons, operations, stopping);
            case "TransactWriteItems":
                exchange.Record.Fault = FaultKind.TransactionThrottled;
                return TransactionFaults.Throttled(reasons);
            case "BatchWriteItem" when !all:
                exchange.Record.Fault = FaultKind.UnprocessedSome;
                return await BatchFaults.LeaveUnprocessedAsync(exchange, Array.ConvertAll(reasons, r => r is not null), operations, stopping);
            default:
                exchange.Record.Fault = FaultKind.Throttled;
                var said = reasons.Select((reason, i) => (Reason: reason, Resource: AwsError.TableArn(writes[i].Table))).Where(r => r.Reason is not null);
                return AwsError.Throttled(capacity.OnDemand, said.Select(r => (r.Reason!, r.Resource)).Distinct());
        }
    }
}
