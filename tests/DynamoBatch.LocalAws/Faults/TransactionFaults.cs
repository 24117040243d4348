using System;
using System.Linq;
using System.Text.Json;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>What goes wrong with transactions, and with single writes that meet one.</summary>
internal static class TransactionFaults
{
    public const string ConflictMessage = "Transaction is ongoing for the item";

    /// <summary>An item of the request is in another transaction: single writes have an exception for it, transactions a reason.</summary>
    public static Answer Conflict(Exchange exchange, Decision decision) => Actions(exchange) is > 0 and var count
        ? Canceled(decision.Hit(count).Select(hit => hit ? ("TransactionConflict", ConflictMessage) : None).ToArray())
        : AwsError.TransactionConflict(ConflictMessage);

    /// <summary>A throttled action cancels its whole transaction.</summary>
    public static Answer Throttled(Exchange exchange, Decision decision) => Actions(exchange) is > 0 and var count
        ? Canceled(decision.Hit(count).Select(hit => hit ? Throttling(decision.Faults.ThrottlingReason) : None).ToArray())
        : BatchFaults.Throttled(exchange, decision);

    /// <summary>The same for the write capacity, which knows a reason for each action that it throttled.</summary>
    public static Answer Throttled(string?[] reasons) => Canceled(reasons.Select(r => r is null ? None : Throttling(r)).ToArray());

    /// <summary>The code and message that stand within a 200, or within a cancelled transaction, instead of an exception.</summary>
    public static (string Code, string Message) Throttling(string? reason) =>
        reason is not null && reason.Contains("ProvisionedThroughput", StringComparison.Ordinal)
            ? ("ProvisionedThroughputExceeded",
                "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.")
            : ("ThrottlingError", "Throughput exceeds the current capacity of your table or index.");

    private static (string? Code, string? Message) None => (null, null);

    private static Answer Canceled((string? Code, string? Message)[] reasons) => AwsError.TransactionCanceled(reasons);

    private static int Actions(Exchange exchange)
    {
        try
        {
            var name = exchange.Operation == "ExecuteTransaction" ? "TransactStatements" : "TransactItems";
            return JsonSlices.Elements(JsonSlices.Find(exchange.Body, name) ?? default).Count;
        }
        catch (JsonException)
        {
            return 0;
        }
    }
}
