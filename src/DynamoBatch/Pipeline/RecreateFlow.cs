using System;
using System.Linq;
using DynamoBatch.Commands;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.Core.Restoring.Recreating;
using DynamoBatch.Output;

namespace DynamoBatch.Pipeline;

/// <summary>Restores by replacing the table: prepare all that can be, ask, delete it, restore it under its name, bring its settings back.</summary>
internal sealed class RecreateFlow : IDisposable
{
    private readonly RestoreSession _session;
    private readonly RestoreDdbTableInPlaceCommand _command;
    private RestoreJournal? _journal;
    private bool _ended;

    public RecreateFlow(RestoreSession session)
    {
        _session = session;
        _command = session.Command;
    }

    public void Run(RestoreIdentity identity)
    {
        RecreateOptions options = Options();
        if (_session.Parameters.IsWhatIf)
        {
            var planner = new RecreatePlanner(_session.Control, options);
            if (_session.TryWait("Planning", c => planner.PlanAsync(null, null, c), out RecreatePlan plan))
            {
                _command.ShouldProcess($"Table '{_command.TableName}'", $"Delete and restore {plan.Source.Content}");
                _session.Complete();
                _command.WriteObject(Planned(plan));
            }

            return;
        }

        _journal = _session.OpenJournal(identity);
        _session.Failing = CleanUp;
        Go(new RecreateRun(_session.Control, _journal, options));
    }

    public void Dispose()
    {
        if (_journal is not null && !_ended)
        {
            // Ctrl+C, or a Write* call that threw: the streams are closed.
            _session.Tell(Stopped());
        }
    }

    private bool IsBegun => _journal!.Has(RestoreStep.DeletionRequested) || _journal.Has(RestoreStep.Deleted);

    private RecreateOptions Options() => new()
    {
        TableName = _command.TableName,
        PointInTime = _session.Parameters.PointInTime,
        BackupArn = _command.BackupArn,
        SourceTableName = _command.SourceTableName,
        ScratchTableName = _command.ScratchTableName,
        KeepScratch = _command.KeepScratchTable,
        Force = _command.Force,
        Log = _session.Crossing.Verbose,
        Progress = (phase, state) => _session.Progress($"{phase}: {state}"),
    };

    private void Go(RecreateRun run)
    {
        if (!_session.TryWait("Preparing", run.PrepareAsync, out RecreatePlan plan))
        {
            return;
        }

        if (_command.PrepareOnly)
        {
            _session.Complete();
            RestoreSummary prepared = Planned(plan);
            (prepared.WhatIf, prepared.PrepareOnly) = (false, true);
            _ended = true;
            _command.WriteObject(prepared);
            return;
        }

        // Where the table is deleted already, there is nothing to ask: only the way forward brings it back.
        string question = Question(plan);
        if (!plan.IsDeletionRequested && !_command.ShouldProcess(question, question + " Go on?", "Restore-DdbTableInPlace"))
        {
            _ended = true;
            _command.WriteWarning($"Nothing was done to the table. The backup of the content wanted is '{plan.BackupArn}'{Scratch(plan)}; the same command goes on from here. Its journal is '{_journal!.Path}'.");
            return;
        }

        bool isDone = _session.TryWait("Recreating", c => run.RecreateAsync(plan, c), out RecreateResult result);

        // Once it has begun, it says itself what stands.
        _ended = isDone || IsBegun;
        if (isDone)
        {
            _session.Complete();
            End(plan, result);
        }
    }

    private void End(RecreatePlan plan, RecreateResult result)
    {
        foreach (FailedSetting setting in result.Failed)
        {
            string message = $"The setting {setting.Name} of table '{_command.TableName}' could not be brought back. {setting.Reason} Bring it back with: {setting.Command}";
            _command.WriteError(ErrorRecords.Restore(new RestoreException(RestoreProblem.StepFailed, message), null, setting.Name));
        }

        RestoreSummary summary = Summary(plan);
        summary.Outage = result.Outage;
        summary.StreamArn = result.StreamArn;
        summary.BackupArn = new[] { result.ContentBackupArn, result.LastStateBackupArn }.OfType<string>().ToArray();
        summary.NotCarriedOver = result.Failed.Select(f => $"{f.Name}: {f.Command}").ToArray();
        summary.Note = result.Notes.ToArray();
        summary.Phases = result.Phases.Select(p => new RestorePhase { Name = p.Key, Elapsed = p.Value }).ToArray();
        summary.ScratchTableName = result.ScratchTableName is { } scratch ? [scratch] : [];
        _command.WriteObject(summary);
    }

    private string Stopped()
    {
        string what = IsBegun ? "after its deletion was asked for" : "before anything was done to the table";
        string scratch = ScratchTables.NameOf(_journal!, RecreateRun.Content) is { } name ? $" Scratch table '{name}' is kept for that." : string.Empty;
        return $"The restore of table '{_command.TableName}' was stopped {what}. The same command goes on from there; the journal is '{_journal!.Path}'.{scratch}";
    }

    private static string Items(RecreatePlan plan) =>
        plan.BackupItems is { } items ? FormattableString.Invariant($"about {items} items") : "as many items as it has";

    private static string Scratch(RecreatePlan plan) => plan.ScratchTableName is { } name ? $", scratch table '{name}' is kept" : string.Empty;

    private static string Kept(RecreatePlan plan) => $"Its last state is kept: {plan.LastState}.";

    private string Question(RecreatePlan plan) =>
        $"Delete table '{_command.TableName}' and restore {plan.Source.Content} under its name, {Items(plan)}. The table cannot be used meanwhile, which may be hours. {Kept(plan)}";

    private RestoreSummary Planned(RecreatePlan plan)
    {
        RestoreSummary summary = Summary(plan);
        summary.WhatIf = true;
        summary.PlannedStorageBytes = plan.Source.Time is null ? 0 : plan.Source.Bytes;
        summary.BackupArn = plan.BackupArn is { } arn ? [arn] : [];
        summary.NotCarriedOver = plan.NotCarriedOver.ToArray();
        summary.ScratchTableName = plan.ScratchTableName is { } scratch ? [scratch] : [];
        summary.Note = [Kept(plan), $"Carried over: {string.Join(", ", plan.CarriedOver)}."];
        return summary;
    }

    private RestoreSummary Summary(RecreatePlan plan) => new()
    {
        TableName = _command.TableName,
        Method = _command.Method,
        Source = plan.Source.Text,
        PointInTime = plan.Source.Time?.UtcDateTime,
        JournalPath = _journal?.Path,
    };

    /// <summary>Before the deletion a failure leaves nothing behind; after it the scratch table is one more copy of the content.</summary>
    private string? CleanUp()
    {
        _ended = true;
        if (ScratchTables.NameOf(_journal!, RecreateRun.Content) is not { } name)
        {
            return null;
        }

        if (_command.KeepScratchTable || _journal!.Has(RestoreStep.DeletionRequested))
        {
            return $"Scratch table '{name}' is kept; it has the content too.";
        }

        _session.TryWait(
            "Dropping the scratch table", c => new ScratchTables(_session.Control, _session.Crossing.Verbose).DropAsync(_journal!, RecreateRun.Content, c), out string? left);
        return left;
    }
}
