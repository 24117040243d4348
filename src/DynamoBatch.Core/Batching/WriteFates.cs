using System;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Batching;

/// <summary>Decides each write exactly once, and tells it: of one key, in the order in which the writes were accepted.</summary>
internal sealed class WriteFates
{
    private readonly Action<WriteOutcome> _decided;

    public WriteFates(Action<WriteOutcome> decided) => _decided = decided;

    /// <summary>Set when nothing more may be sent.</summary>
    public bool Stopped { get; set; }

    /// <summary>Writes whose fate is not decided yet.</summary>
    public int Pending { get; private set; }

    /// <summary>The encoded bytes of those.</summary>
    public long PendingBytes { get; private set; }

    /// <summary>Takes a write whose fate will be decided.</summary>
    [MethodImpl(Jit.Hot)]
    public void Accept(WriteOperation operation)
    {
        operation.Table.Counts.Accepted++;
        Pending++;
        PendingBytes += operation.Item.Json.Length;
    }

    /// <summary>Decides a write that was not sent in this run.</summary>
    public void DecideUnsent(WriteOperation operation)
    {
        if (operation.MayHaveLanded)
        {
            Decide(new WriteOutcome(
                operation, WriteStatus.Unknown, FailureKind.OutcomeUnknown, "An earlier run may have written it, and this one ended before that was made sure of."));
            return;
        }

        Decide(operation.Table.Failure is { } failure && !Stopped
            ? new WriteOutcome(operation, WriteStatus.Failed, failure.Kind, failure.Message) { Cause = failure }
            : new WriteOutcome(operation, WriteStatus.NotSent, FailureKind.NotSent, "The run ended before this item was written."));
    }

    /// <summary>Decides writes that others replaced, in the order in which they were accepted.</summary>
    [MethodImpl(Jit.Hot)]
    public void DecideChain(WriteOperation? newest, WriteStatus status, FailureKind kind = default, string? message = null)
    {
        WriteOperation? operation = newest?.Predecessor is null ? newest : Reverse(newest);
        while (operation is not null)
        {
            WriteOperation next = operation;
            operation = next.Predecessor;
            Decide(status is WriteStatus.Failed && next.MayHaveLanded
                ? new WriteOutcome(next, WriteStatus.Unknown, FailureKind.OutcomeUnknown, "An earlier run may have written it. " + message)
                : new WriteOutcome(next, status, kind, message));
        }
    }

    /// <summary>Turns a chain of predecessors round: from then on it leads from the oldest to the newest.</summary>
    public static WriteOperation? Reverse(WriteOperation? newest)
    {
        WriteOperation? oldest = null;
        while (newest is not null)
        {
            WriteOperation? earlier = newest.Predecessor;
            newest.Predecessor = oldest;
            oldest = newest;
            newest = earlier;
        }

        return oldest;
    }

    /// <summary>Decides a write, and what was to be told behind it.</summary>
    [MethodImpl(Jit.Hot)]
    public void Decide(WriteOutcome outcome)
    {
        while (true)
        {
            WriteOperation operation = outcome.Operation;
            operation.Predecessor = null;
            operation.Table.Counts.Count(outcome.Status, operation.Item.Size);
            Pending--;
            PendingBytes -= operation.Item.Json.Length;
            _decided(outcome);
            if (operation.Later is not { } later)
            {
                return;
            }

            operation.Later = null;
            outcome = later.Value;
        }
    }
}
