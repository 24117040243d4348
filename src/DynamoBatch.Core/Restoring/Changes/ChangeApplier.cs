using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>
/// Makes the staged changes, each under its fence. An item that has moved on is looked at and the change planned anew: what still
/// is as the damage left it is changed, newer writes stand. What is overwritten or deleted is filed before its change counts as made.
/// </summary>
internal sealed class ChangeApplier : IDisposable
{
    /// <summary>How often a change is planned anew before a busy item is left to its writers.</summary>
    private const int MaxPlans = 10;

    private readonly WriterPump _pump;
    private readonly ChangeWrites _writes;
    private readonly OutcomeFile _outcomes;
    private readonly AppendFile _undo;
    private readonly ApplyOptions _options;
    private readonly Dictionary<long, int> _plans = [];
    private readonly ConcurrentQueue<ChangeFailure> _failures = new();

    public ChangeApplier(DdbConnection connection, TableSchema schema, OutcomeFile outcomes, AppendFile undo, ApplyOptions options)
    {
        _pump = new WriterPump(connection, options.Writer, Settle, Flush);
        Table = new WriteTable(schema, 0);
        _writes = new ChangeWrites(Table, options);
        _outcomes = outcomes;
        _undo = undo;
        _options = options;
    }

    /// <summary>The accounts of the writer: units, requests, throttles.</summary>
    public WriteTable Table { get; }

    /// <summary>Changes that have an outcome now, those of earlier runs too.</summary>
    public long Done { get; private set; }

    /// <summary>Requests in flight now.</summary>
    public int InFlight => _pump.InFlight;

    /// <summary>Why the run ended early; null while it goes on.</summary>
    public DdbException? Failure => _pump.Failure;

    /// <summary>The next change to tell of that was not made, or not wholly.</summary>
    public bool TryTakeFailure(out ChangeFailure? failure) => _failures.TryDequeue(out failure);

    /// <summary>Makes the changes that have no outcome yet, or failed. Ends early where the writer fails; what is left then has no outcome.</summary>
    /// <exception cref="RestoreException">A file cannot be read or written.</exception>
    public async Task RunAsync(IEnumerable<StagedChange> changes, CancellationToken cancellation)
    {
        foreach (StagedChange change in changes)
        {
            if (cancellation.IsCancellationRequested || Failure is not null)
            {
                break;
            }

            if (IsSettled(_outcomes[change.Ordinal]))
            {
                Done++;
            }
            else
            {
                await BeginAsync(change, cancellation).ConfigureAwait(false);
            }
        }

        foreach (WriteOperation left in await _pump.DrainAsync(cancellation).ConfigureAwait(false))
        {
            if (left.Source is ChangeWrite { IsPutBack: true } write)
            {
                TellNotPutBack(write);
            }
        }

        _undo.Flush(toDisk: true);
        _outcomes.Flush(toDisk: true);
    }

    public void Dispose() => _pump.Dispose();

    /// <summary>A conflict is looked at again by each run: the one that met it may have told nobody.</summary>
    private static bool IsSettled(ChangeOutcome outcome) => outcome is ChangeOutcome.Put or ChangeOutcome.Updated or ChangeOutcome.Deleted or ChangeOutcome.Unchanged;

    private async Task BeginAsync(StagedChange change, CancellationToken cancellation)
    {
        WriteOperation? operation;
        try
        {
            operation = _writes.Create(change);
        }
        catch (Exception fault) when (fault is ItemException or FormatException or System.Text.Json.JsonException)
        {
            Fail(change, ChangeOutcome.Failed, FailureKind.ItemRejected, $"Item {KeyText.Of(change.Key)} could not be restored. {fault.Message}", default);
            return;
        }

        if (operation is null)
        {
            TellTooLong(change);
        }
        else
        {
            await _pump.OfferAsync(operation, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>In this order: an image that is not filed belongs to no change that counts as made.</summary>
    private void Flush()
    {
        _undo.Flush();
        _outcomes.Flush();
    }

    private void Settle(WriteOutcome outcome)
    {
        var write = (ChangeWrite)outcome.Operation.Source!;
        StagedChange change = write.Change;
        switch (outcome.Status)
        {
            case WriteStatus.Succeeded when write.IsPutBack:
                TellConflict(write.Conflicts, change, default);
                break;
            case WriteStatus.Succeeded:
                Made(write, outcome.Returned);
                break;
            case WriteStatus.Failed when outcome.Kind is FailureKind.ConditionFailed && write.IsPutBack:
                TellConflict([], change, write.Request!.Present);
                break;
            case var _ when write.IsPutBack:
                TellNotPutBack(write);
                break;
            case WriteStatus.Failed when outcome.Kind is FailureKind.ConditionFailed:
                PlanAnew(write);
                break;
            case WriteStatus.NotSent:
                // It has no outcome, and the same command goes on with it.
                break;
            default:
                bool unknown = outcome.Status is WriteStatus.Unknown;
                Fail(change, unknown ? ChangeOutcome.Unknown : ChangeOutcome.Failed, outcome.Kind, $"Item {KeyText.Of(change.Key)} was not restored. {outcome.Message}", default);
                break;
        }
    }

    private void Made(ChangeWrite write, ReadOnlyMemory<byte> returned)
    {
        StagedChange change = write.Change;
        ReadOnlyMemory<byte> old = returned.IsEmpty ? change.Seen : returned;
        if (!change.Seen.IsEmpty)
        {
            _undo.Add(old.Span);
        }

        if (write.Request is FencedDelete && _writes.Image(old).DifferenceTo(_writes.Image(change.Seen)) is { Count: > 0 } unseen)
        {
            _undo.Flush(toDisk: true);
            _pump.Again(_writes.PutBack(change, old, unseen));
        }
        else if (write.Conflicts.Count > 0)
        {
            TellConflict(write.Conflicts, change, default);
        }
        else
        {
            Settle(change, MadeOutcome(change));
        }
    }

    /// <summary>The item is not as it was seen: what is left to do follows from what is there now.</summary>
    private void PlanAnew(ChangeWrite write)
    {
        StagedChange change = write.Change;
        ReadOnlyMemory<byte> present = write.Request!.Present;
        ItemImage seen = _writes.Image(change.Seen), wanted = _writes.Image(change.Wanted), met = _writes.Image(present);
        ChangePlan plan = ChangePlan.Create(seen, wanted, met);
        IReadOnlyList<string> differing = wanted.DifferenceTo(seen);
        bool own = write.Request.MayHaveLanded || _options.IsResumed;
        if (own && seen.Exists && (plan.IsDone || (met.Exists && differing.Any(name => met.Agrees(wanted, name)))))
        {
            FileUnknown(change, present, differing);
        }

        if (plan.IsDone)
        {
            Settle(change, own ? MadeOutcome(change) : ChangeOutcome.Unchanged);
            return;
        }

        if (_options.Force)
        {
            // It was not there, which is no reason to leave it so.
            plan = met.Exists ? ChangePlan.Create(seen, wanted, seen) : new ChangePlan(ChangeKind.Put, [], [], false);
        }

        _plans.TryGetValue(change.Ordinal, out int plans);
        _plans[change.Ordinal] = plans + 1;
        if (plan.Kind is null || plans == MaxPlans)
        {
            TellConflict(plan.Conflicts, change, present);
        }
        else if (_writes.Create(change, plan) is { } operation)
        {
            _pump.Again(operation);
        }
        else
        {
            TellTooLong(change);
        }
    }

    /// <summary>The image of what was overwritten went with an answer that was lost, or with an earlier run.</summary>
    private void FileUnknown(StagedChange change, ReadOnlyMemory<byte> present, IReadOnlyList<string> attributes)
    {
        // What the change touched was as it was seen, for its condition held; the rest is as it is.
        _undo.Add(present.IsEmpty ? change.Seen.Span : ItemMerge.Of(present, change.Seen, attributes));
        if (change.Kind is ChangeKind.Delete)
        {
            _options.Warn?.Invoke(ChangeTexts.LostImage(change));
        }
    }

    private static ChangeOutcome MadeOutcome(StagedChange change) => change.Kind switch
    {
        ChangeKind.Put => ChangeOutcome.Put,
        ChangeKind.Update => ChangeOutcome.Updated,
        _ => ChangeOutcome.Deleted,
    };

    private void TellConflict(IReadOnlyList<string> attributes, StagedChange change, ReadOnlyMemory<byte> present) =>
        Fail(change, ChangeOutcome.Conflict, FailureKind.ConditionFailed, ChangeTexts.Conflict(change, attributes), present, attributes);

    private void TellNotPutBack(ChangeWrite write) =>
        Fail(write.Change, ChangeOutcome.Conflict, FailureKind.ConditionFailed, ChangeTexts.NotPutBack(write, _undo.Path), default, write.Conflicts);

    private void TellTooLong(StagedChange change) => Fail(change, ChangeOutcome.Conflict, FailureKind.ConditionFailed, ChangeTexts.TooLong(change), default);

    private void Fail(StagedChange change, ChangeOutcome outcome, FailureKind kind, string message, ReadOnlyMemory<byte> present, IReadOnlyList<string>? attributes = null)
    {
        Settle(change, outcome);
        _failures.Enqueue(new ChangeFailure(change, kind, message, attributes ?? [], present));
    }

    private void Settle(StagedChange change, ChangeOutcome outcome)
    {
        Done++;
        _plans.Remove(change.Ordinal);
        _outcomes.Add(change.Ordinal, outcome);
    }
}
