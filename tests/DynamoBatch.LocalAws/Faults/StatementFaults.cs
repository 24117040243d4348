using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Faults that hit single statements of a BatchExecuteStatement.</summary>
internal static class StatementFaults
{
    /// <summary>Executes the statements that are not hit (or all, where the error comes after the effect), and shows the errors.</summary>
    public static Task<Answer> ApplyAsync(Exchange exchange, Decision decision, OperationTable operations, CancellationToken stopping)
    {
        if (StatementBatch.TryParse(exchange.Body) is not { } batch)
        {
            return operations.ApplyAsync(exchange, exchange.Body, stopping);
        }

        var hit = decision.Hit(batch.Statements.Count);
        var errors = batch.Statements
            .Select((s, i) => hit[i] || decision.Fault == FaultKind.UnprocessedAll ? Error(decision, PartiQLStatement.Of(s)) : null).ToArray();
        exchange.Record.Unprocessed = errors.Count(e => e is not null);
        return decision.Fault == FaultKind.StatementsError500After
            ? batch.ExecuteAllAsync(errors, body => operations.ApplyAsync(exchange, body, stopping))
            : batch.ExecuteAsync(errors, body => operations.ApplyAsync(exchange, body, stopping));
    }

    /// <summary>Executes the statements that the write capacity allows.</summary>
    public static Task<Answer> ThrottleAsync(Exchange exchange, string?[] reasons, OperationTable operations, CancellationToken stopping)
    {
        var batch = StatementBatch.TryParse(exchange.Body)!;
        var errors = reasons.Select((reason, i) => reason is null ? null : Throttled(reason, PartiQLStatement.Of(batch.Statements[i]))).ToArray();
        exchange.Record.Unprocessed = errors.Count(e => e is not null);
        return batch.ExecuteAsync(errors, body => operations.ApplyAsync(exchange, body, stopping));
    }

    /// <summary>As AWS words it for the user of the local AWS.</summary>
    public static byte[] Denied(PartiQLStatement statement) =>
        StatementBatch.Error("AccessDenied", AwsError.NotAuthorized(statement.Action, AwsError.TableArn(statement.Table)), statement.Table);

    private static byte[] Error(Decision decision, PartiQLStatement statement) => decision.Fault switch
    {
        FaultKind.StatementsDenied => Denied(statement),
        FaultKind.TransactionConflict => StatementBatch.Error("TransactionConflict", TransactionFaults.ConflictMessage, statement.Table),
        FaultKind.StatementsError500Before or FaultKind.StatementsError500After =>
            StatementBatch.Error("InternalServerError", "Internal server error", statement.Table),
        _ => Throttled(decision.Faults.ThrottlingReason, statement),
    };

    private static byte[] Throttled(string? reason, PartiQLStatement statement)
    {
        var (code, message) = TransactionFaults.Throttling(reason);
        return StatementBatch.Error(code, message, statement.Table);
    }
}
