using System;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Commands;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Changes;
using DynamoBatch.Core.Restoring.Reconciling;
using DynamoBatch.Output;

namespace DynamoBatch.Pipeline;

/// <summary>Restores by writing the difference to the live table: find it, show it, ask, write it, read it back.</summary>
internal sealed class ReconcileFlow : IDisposable
{
    private readonly RestoreSession _session;
    private readonly RestoreDdbTableInPlaceCommand _command;
    private readonly ItemObjects _objects = new();
    private RestoreJournal? _journal;
    private ReconcileRun? _run;
    private RestoreReport? _report;
    private bool _ended;
    private bool _asking;

    public ReconcileFlow(RestoreSession session)
    {
        _session = session;
        _command = session.Command;
    }

    public void Run(LiveTable live, RestoreIdentity identity)
    {
        // A scope that the table cannot have is refused before anything is begun.
        _session.Try(() => _session.Parameters.Side(live.Schema, true));
        if (_session.Parameters.IsWhatIf)
        {
            new RestorePlan(_session, live, identity).Show();
            return;
        }

        _journal = _session.OpenJournal(identity, _command.Force);
        _run = new ReconcileRun(_session.Connection, _session.Control, _journal, Options(identity));
        _report = new RestoreReport(_command, _journal, _run);
        _session.Failing = CleanUp;
        _session.Try(() => UndoPlace.Require(_command.UndoPath, _run.UndoPath, _journal));
        _ended = _session.TryWait("Looking at the table", _run.CheckTableAsync) && new ReconcilePreparation(_session, _journal, _run).Run(live, identity) && Go();
        if (_ended)
        {
            _session.Complete();
        }
    }

    public void Dispose()
    {
        if (_journal is not null && _run is not null && !_ended)
        {
            // Ctrl+C, or a Write* call that threw: the streams are closed.
            _session.Tell(_report!.Stopped() + (_asking ? " Where nobody can answer, as in a job, give -Confirm:$false." : string.Empty));
            while (_run.Applier is { } applier && applier.TryTakeFailure(out ChangeFailure? failure))
            {
                _session.Tell(failure!.Message);
            }
        }

        _run?.Dispose();
    }

    private ReconcileOptions Options(RestoreIdentity identity) => new()
    {
        TableName = _command.TableName,
        Identity = identity,
        Side = _session.Parameters.Side,
        Comparison = _session.Engine.Compare,
        Writer = _session.Engine.Write,
        Reader = _session.Engine.Read,
        Force = _command.Force,
        UndoPath = _session.Parameters.UndoPath ?? RestoreFiles.Undo(_journal!.Path),
        ScratchTableName = _command.ScratchTableName,
        KeepScratchTable = _command.KeepScratchTable,
        Log = _session.Crossing.Verbose,
        Warn = _session.Crossing.Warn,
        Progress = _session.Progress,
    };

    /// <summary>Asks, and makes the changes. True where the command has ended as it should.</summary>
    private bool Go()
    {
        StagedCounts staged = _run!.Staged!;
        _session.Try(() => _run.OpenOutcomes());
        if (_command.MaxChange is { } limit && staged.Changes > limit)
        {
            _session.Fail(new RestoreException(
                RestoreProblem.TooManyChanges,
                FormattableString.Invariant($"{staged.Changes} changes would be made ({RestoreReport.Describe(staged)}); -MaxChange allows {limit}. Look at '{RestoreFiles.Changes(_journal!.Path)}'. The same command with a higher -MaxChange goes on from here.")));
        }

        if (_command.PrepareOnly)
        {
            _ended = true;
            _command.WriteObject(_report!.Prepared());
            return true;
        }

        // Where nobody can answer, this throws.
        _asking = true;
        bool goOn = staged.Changes == 0 || _command.ShouldProcess(_report!.Question(staged), _report.Question(staged) + " Go on?", "Restore-DdbTableInPlace");
        _asking = false;
        if (!goOn)
        {
            _command.WriteWarning($"Nothing was changed. The difference is kept: the same command asks again. Its journal is '{_journal!.Path}'.");
            return true;
        }

        return Apply() && End();
    }

    private bool Apply()
    {
        _session.Failing = () =>
        {
            _ended = true;
            return _report!.Interrupted();
        };
        _session.Serving = ServeFailures;
        // The question may have stood for hours.
        if (!_session.TryWait("Looking at the table", _run!.CheckTableAsync) || !_session.TryWait("Writing", _run.ApplyAsync))
        {
            return false;
        }

        if (_run.Applier!.Failure is { } failure)
        {
            _session.Fail(failure);
        }

        return _session.TryWait("Reading back", _run.VerifyAsync);
    }

    private bool End()
    {
        foreach (StagedChange change in _run!.Verified!.DamagedAgain.Take(10))
        {
            _command.WriteWarning($"Item {Core.Items.KeyText.Of(change.Key)} was restored, and shows the damage again: somebody wrote it once more.");
        }

        RestoreSummary summary = _report!.Ended(_run.Verified);
        if (_run.IsSettled)
        {
            _session.Try(() => _run.Complete());
        }
        else
        {
            _command.WriteWarning($"Not every item could be restored. The same command tries those again; its journal is '{_journal!.Path}'.");
        }

        // Whoever takes only the first object stops this Write*, but not the restore: it has ended.
        _ended = true;
        _command.WriteObject(summary);
        return true;
    }

    private void ServeFailures()
    {
        if (_run?.Applier is not { } applier)
        {
            return;
        }

        _session.Progress($"Writing: {applier.Done:N0} of {_run.Staged!.Changes:N0} changes, {applier.Table.Counts.ConsumedCapacity:N0} units, {applier.InFlight} requests in flight");
        while (applier.TryTakeFailure(out ChangeFailure? failure))
        {
            _command.WriteError(ErrorRecords.Item(new DdbException(failure!.Kind, failure.Message), _report!.Conflict(failure, _objects)));
        }
    }

    /// <summary>Before the first change a failure leaves nothing behind.</summary>
    private string? CleanUp()
    {
        _ended = true;
        if (_run!.ScratchTables.Count == 0)
        {
            if (!_journal!.IsResumed && _run.Staged is null)
            {
                _journal.Discard();
            }

            return null;
        }

        _session.TryWait("Dropping the scratch table", _run.DropScratchAsync, out IReadOnlyList<string>? left);
        string kept = _command.KeepScratchTable ? $"Kept: scratch table '{string.Join("', '", _run.ScratchTables)}'." : string.Empty;
        return left is { Count: > 0 } ? string.Join(" ", left) : kept;
    }
}
