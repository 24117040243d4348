using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DynamoBatch.Commands;
using DynamoBatch.Conversion;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Changes;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.Core.Restoring.Reconciling;
using DynamoBatch.Output;

namespace DynamoBatch.Pipeline;

/// <summary>Words what a reconciliation is about to do, and what came of it.</summary>
internal sealed class RestoreReport
{
    private readonly RestoreDdbTableInPlaceCommand _command;
    private readonly RestoreJournal _journal;
    private readonly ReconcileRun _run;

    public RestoreReport(RestoreDdbTableInPlaceCommand command, RestoreJournal journal, ReconcileRun run)
    {
        _command = command;
        _journal = journal;
        _run = run;
    }

    private RestoreSource? Source => SourceRecord.Recall(_journal, ReconcileRun.Wanted);

    private RestoreSource? Damaged => SourceRecord.Recall(_journal, ReconcileRun.Damaged);

    public static string Describe(StagedCounts staged) =>
        $"put {staged.Put:N0} that vanished, change {staged.Update:N0}, delete {staged.Delete:N0} that were added; about {staged.WriteUnits:N0} write units";

    /// <summary>The source, in a summary.</summary>
    public static string SourceText(RestoreSource wanted, RestoreSource? damaged) =>
        damaged is null ? wanted.Text : $"{wanted.Text}, undoing up to {RestoreIdentity.Text(damaged.Time!.Value)}";

    /// <summary>What is about to be done.</summary>
    public string Question(StagedCounts staged)
    {
        string what = Damaged is { } damaged
            ? $"Undo in table '{_command.TableName}' what happened from {RestoreIdentity.Text(Source!.Time!.Value)} to {RestoreIdentity.Text(damaged.Time!.Value)}"
            : $"Give table '{_command.TableName}' {Source!.Content} back";
        string reverts = Damaged is null && staged.Update + staged.Delete > 0 ? " Whatever was written to these since is reverted, good or bad." : string.Empty;
        string fence = _command.Force ? " Newer writes are overwritten (-Force)." : string.Empty;
        return $"{what}: {Describe(staged)}.{reverts}{fence}";
    }

    /// <summary>The difference is found, and nothing is changed.</summary>
    public RestoreSummary Prepared()
    {
        StagedCounts staged = _run.Staged!;
        RestoreSummary summary = Common();
        summary.PrepareOnly = true;
        summary.Put = staged.Put;
        summary.Updated = staged.Update;
        summary.Deleted = staged.Delete;
        summary.PlannedWriteUnits = staged.WriteUnits;
        summary.Note = ["The same command without -PrepareOnly goes on from here."];
        return summary;
    }

    /// <summary>The changes are made.</summary>
    public RestoreSummary Ended(ChangeVerifier verified)
    {
        RestoreSummary summary = Common();
        summary.Put = _run.CountOf(ChangeOutcome.Put);
        summary.Updated = _run.CountOf(ChangeOutcome.Updated);
        summary.Deleted = _run.CountOf(ChangeOutcome.Deleted);
        summary.AlreadyDone = _run.CountOf(ChangeOutcome.Unchanged);
        summary.Conflicts = _run.CountOf(ChangeOutcome.Conflict);
        summary.Failed = _run.CountOf(ChangeOutcome.Failed);
        summary.Unknown = _run.CountOf(ChangeOutcome.Unknown);
        summary.NotSent = _run.CountOf(ChangeOutcome.None);
        summary.Verified = verified.AsWanted;
        summary.ChangedSince = verified.ChangedSince + verified.DamagedAgain.Count;
        if (verified.DamagedAgain.Count > 0)
        {
            summary.Note = [$"{verified.DamagedAgain.Count:N0} items were restored, and show the damage again: the script, or whoever wrote it, is still at work."];
        }
        summary.ConsumedCapacity = _run.Applier!.Table.Counts.ConsumedCapacity;
        if (summary.Conflicts + summary.Failed + summary.Unknown + summary.NotSent == 0)
        {
            summary.ChangePath = null;
        }

        return summary;
    }

    /// <summary>What stands, where the writing ended early.</summary>
    public string Interrupted() =>
        $"Of {_run.Staged!.Changes:N0} changes {Done():N0} are made, {_run.CountOf(ChangeOutcome.Conflict):N0} are conflicts. The same command goes on from there; the journal is '{_journal.Path}'.";

    /// <summary>What stands, where the command was stopped.</summary>
    public string Stopped()
    {
        string table = _run.ScratchTables.Count > 0 ? $" Scratch table '{string.Join("', '", _run.ScratchTables)}' is kept for that." : string.Empty;
        return _run.Applier is null
            ? $"The restore of table '{_command.TableName}' was stopped; the table is untouched. The same command goes on from there; the journal is '{_journal.Path}'.{table}"
            : $"The restore of table '{_command.TableName}' was stopped. {Interrupted()}{GoOn()}";
    }

    /// <summary>What an error is about.</summary>
    public RestoreConflict Conflict(ChangeFailure failure, ItemObjects objects)
    {
        object? Read(ReadOnlyMemory<byte> item) => item.IsEmpty ? null : objects.Read(item.Span);
        return new RestoreConflict
        {
            TableName = _command.TableName,
            Key = Read(failure.Change.Key),
            Property = failure.Attributes.ToArray(),
            WantedItem = Read(failure.Change.Wanted),
            SeenItem = Read(failure.Change.Seen),
            PresentItem = Read(failure.Present),
        };
    }

    /// <summary>Under -ErrorAction Stop each run would end at a conflict.</summary>
    private string GoOn() => _run.CountOf(ChangeOutcome.Conflict) > 0 ? " With -ErrorAction Continue it does not end at a conflict." : string.Empty;

    private long Done() => _run.CountOf(ChangeOutcome.Put) + _run.CountOf(ChangeOutcome.Updated) + _run.CountOf(ChangeOutcome.Deleted) + _run.CountOf(ChangeOutcome.Unchanged);

    private RestoreSummary Common()
    {
        StagedCounts staged = _run.Staged!;
        return new RestoreSummary
        {
            TableName = _command.TableName,
            Method = _command.Method,
            Source = SourceText(Source!, Damaged),
            PointInTime = Source!.Time?.UtcDateTime,
            Changes = staged.Changes,
            Unchanged = staged.Unchanged,
            Expired = staged.Expired,
            OutOfScope = staged.OutOfScope,
            Phases = _run.Phases.Select(p => new RestorePhase { Name = p.Key, Elapsed = p.Value }).ToArray(),
            ScratchTableName = _run.ScratchTables.ToArray(),
            JournalPath = _journal.Path,
            UndoPath = File.Exists(_run.UndoPath) ? _run.UndoPath : null,
            ChangePath = RestoreFiles.Changes(_journal.Path),
        };
    }
}
