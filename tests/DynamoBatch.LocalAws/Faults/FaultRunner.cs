using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Does to a request what was decided.</summary>
internal sealed class FaultRunner(OperationTable operations, LateWrites lateWrites, TimeProvider time, CancellationToken stopping)
{
    public async Task RunAsync(Exchange exchange, Decision decision, WriteCapacity? capacity, IReadOnlyList<ItemWrite> writes, TableStates? states)
    {
        exchange.Record.Fault = decision.Fault;
        await DelayAsync(decision.Latency);
        // Throttled requests use no capacity, and a request that is hung or cut does before it is.
        var answer = EndsBeforeEffect(decision.Fault) ? null
            : capacity is not null && writes.Count > 0 ? await CapacityFaults.ApplyAsync(exchange, operations, capacity, writes, stopping)
            : null;
        await (decision.Fault switch
        {
            FaultKind.UnprocessedSome or FaultKind.UnprocessedAll or FaultKind.StatementsThrottled or FaultKind.StatementsDenied
                or FaultKind.StatementsError500Before or FaultKind.StatementsError500After => PartlyAsync(exchange, decision),
            FaultKind.TransactionConflict when exchange.Operation == "BatchExecuteStatement" => PartlyAsync(exchange, decision),
            FaultKind.TransactionConflict => exchange.SendAsync(TransactionFaults.Conflict(exchange, decision)),
            FaultKind.TransactionThrottled => exchange.SendAsync(TransactionFaults.Throttled(exchange, decision)),
            FaultKind.TransactionInProgress => exchange.SendAsync(AwsError.TransactionInProgress()),
            FaultKind.LimitExceeded => exchange.SendAsync(AwsError.LimitExceeded(
                "Subscriber limit exceeded: Too many operations of the control plane at once")),
            FaultKind.ResourceInUse => exchange.SendAsync(AwsError.ResourceInUse(
                $"Attempt to change a resource which is still in use: {FirstTable(exchange)}")),
            FaultKind.Throttled when OperationNames.IsControlPlane(exchange.Operation) => exchange.SendAsync(AwsError.RateExceeded()),
            FaultKind.Throttled => exchange.SendAsync(BatchFaults.Throttled(exchange, decision)),
            FaultKind.Error500Before => exchange.SendAsync(AwsError.InternalServerError()),
            FaultKind.Error503Before => exchange.SendAsync(AwsError.ServiceUnavailable()),
            FaultKind.Error500After => AfterAsync(exchange, decision, answer, _ => exchange.SendAsync(AwsError.InternalServerError())),
            FaultKind.Error503After => AfterAsync(exchange, decision, answer, _ => exchange.SendAsync(AwsError.ServiceUnavailable())),
            FaultKind.Error500Midway => MidwayAsync(exchange, decision, () => exchange.SendAsync(AwsError.InternalServerError())),
            FaultKind.Error503Midway => MidwayAsync(exchange, decision, () => exchange.SendAsync(AwsError.ServiceUnavailable())),
            FaultKind.CutBefore => Cut(exchange),
            FaultKind.CutAfter => AfterAsync(exchange, decision, answer, _ => Cut(exchange)),
            FaultKind.CutMidway => MidwayAsync(exchange, decision, () => Cut(exchange)),
            FaultKind.TruncatedAnswer => AfterAsync(exchange, decision, answer, exchange.SendTruncatedAsync),
            FaultKind.GarbledAnswer => AfterAsync(exchange, decision, answer, exchange.SendGarbledAsync),
            FaultKind.LateCut => LateAsync(exchange, decision, () => Cut(exchange)),
            FaultKind.LateError500 => LateAsync(exchange, decision, () => exchange.SendAsync(AwsError.InternalServerError())),
            FaultKind.LateHang => LateAsync(exchange, decision, () => exchange.HangAsync(stopping)),
            FaultKind.Hang => exchange.HangAsync(stopping),
            FaultKind.HangAfter => AfterAsync(exchange, decision, answer, _ => exchange.HangAsync(stopping)),
            FaultKind.AccessDenied => exchange.SendAsync(AwsError.AccessDenied(exchange.Operation, AwsError.TableArn(FirstTable(exchange)))),
            FaultKind.ExpiredToken => exchange.SendAsync(AwsError.ExpiredToken()),
            FaultKind.UnrecognizedClient => exchange.SendAsync(AwsError.UnrecognizedClient()),
            _ => AfterAsync(exchange, decision, answer,
                a => exchange.SendAsync(states is null ? a : TableStateAnswers.Show(exchange, states, a))),
        });
    }

    private static bool EndsBeforeEffect(FaultKind fault) => fault is not (FaultKind.None or FaultKind.Error500After or FaultKind.Error503After
        or FaultKind.CutAfter or FaultKind.TruncatedAnswer or FaultKind.GarbledAnswer or FaultKind.HangAfter);

    private async Task AfterAsync(Exchange exchange, Decision decision, Answer? answer, Func<Answer, Task> end)
    {
        answer ??= await operations.ApplyAsync(exchange, exchange.Body, stopping);
        await DelayAsync(decision.AnswerDelay);
        await end(answer);
    }

    private async Task PartlyAsync(Exchange exchange, Decision decision)
    {
        var answer = await BatchFaults.LeaveUnprocessedAsync(exchange, decision, operations, stopping);
        await AfterAsync(exchange, decision, answer, exchange.SendAsync);
    }

    private async Task MidwayAsync(Exchange exchange, Decision decision, Func<Task> end)
    {
        if (BatchFaults.WithoutHit(exchange, decision) is { } part)
        {
            await operations.ApplyAsync(exchange, part, stopping);
        }

        await end();
    }

    private async Task LateAsync(Exchange exchange, Decision decision, Func<Task> end)
    {
        // Not with the client's headers: they go with the request's context, which is gone by then.
        var apply = operations.Prepare(exchange);
        lateWrites.Start(() => DelayAsync(decision.LateDelay), async () =>
        {
            await apply(stopping);
            exchange.Record.Landed = time.GetTimestamp();
        });
        await end();
    }

    private static Task Cut(Exchange exchange)
    {
        exchange.Cut();
        return Task.CompletedTask;
    }

    private static string? FirstTable(Exchange exchange) => RequestTables.Of(exchange.Operation, exchange.Body) is [var first, ..] ? first : null;

    private Task DelayAsync(int milliseconds) =>
        milliseconds <= 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, stopping);
}
