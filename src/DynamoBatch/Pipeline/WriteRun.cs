using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using DynamoBatch.Core;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Resuming;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Pipeline;

/// <summary>
/// One run of a writing command, on the pipeline thread. Whatever a Write* call throws goes through untouched (it is how
/// PowerShell stops a pipeline), so every step first makes sure of the accounts, and then speaks.
/// </summary>
internal sealed class WriteRun : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly WriteCommand _command;
    private readonly Crossing _crossing = new();
    private readonly ProgressBar _progress;
    private readonly ItemReporter _reporter;
    private readonly StopSign _stop;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private Checkpoint? _checkpoint;
    private BatchWriter? _writer;
    private TableRouter? _router;
    private WriteOperation? _inHand;
    private long _nulls;
    private long _seen;
    private bool _finished;

    public WriteRun(WriteCommand command)
    {
        _command = command;
        _progress = new ProgressBar(command.MyInvocation.MyCommand.Name);
        _reporter = new ItemReporter(command);
        _stop = new StopSign(command);
    }

    private bool Stopped => _stop.IsUp;

    public void Begin()
    {
        _reporter.Begin();
        var types = _command.GetAttributeTypes();
        if (_command.GetConnection().Open(_crossing) is not { } connection)
        {
            return;
        }

        _command.WriteVerbose($"Writing to {connection.Endpoint} with credentials from {connection.CredentialSource}; at most {_command.ThrottleLimit} requests in flight.");
        _router = new TableRouter(_command, connection, _crossing, types);
        if (_command.TableNameProperty is null)
        {
            // Also where no object ever comes: a wrong name should not look like an empty input.
            EndIfTableFailed(_router.Find(null, Serve));
        }

        OpenCheckpoint(connection);
        _writer = connection.CreateWriter(
            new WriterOptions
            {
                ThrottleLimit = _command.ThrottleLimit,
                MaxWriteCapacity = _command.MaxWriteCapacity,
                RetryTimeout = _command.RetryTimeout,
                MaxRetry = _command.MaxRetry,
                TablesFailAlone = _command.TableNameProperty is not null,
                TellSuccesses = _command.PassThru || _command.ReturnsItems,
                Journal = _checkpoint?.Journal,
                Signal = _crossing.Signal,
                Log = _crossing.Verbose,
            });
    }

    [MethodImpl(Jit.Hot)]
    public void Process(PSObject? inputObject)
    {
        if (inputObject is null)
        {
            _nulls++;
            return;
        }

        if (_finished || Stopped)
        {
            return;
        }

        _seen++;
        TableRun table = _router!.Find(inputObject, Serve);
        if (Stopped)
        {
            return;
        }

        TakenObject taken = table.Take(inputObject, _seen, _command.GetVerb(), _checkpoint);
        if (_checkpoint is null)
        {
            Go(taken);
        }
        else
        {
            OfferToCheckpoint(_checkpoint, taken);
            GoOnFromCheckpoint(_checkpoint);
        }

        Serve();
        EndIfFailed();
    }

    /// <summary>The input has ended: what waits is sent, and the accounts are told.</summary>
    public void Complete()
    {
        if (Stopped)
        {
            return;
        }

        if (_checkpoint is not null)
        {
            EndIfCheckpointFails(_checkpoint.Complete);
        }

        _writer!.Flush();
        while (_writer.Pending > 0 && !Stopped)
        {
            Serve();
            EndIfFailed();
            _crossing.Wait(Tick);
        }

        if (Stopped)
        {
            // Dispose ends the run; nothing may be written to the pipeline any more.
            return;
        }

        Serve();
        EndIfFailed();
        _finished = true;
        if (_progress.Complete() is { } done)
        {
            _command.WriteProgress(done);
        }

        if (_nulls > 0)
        {
            _command.WriteVerbose($"{_nulls} null objects in the pipeline were skipped.");
        }

        _command.WriteVerbose($"Ended after {_clock.Elapsed:c}; at most {_writer.MostInFlight} requests were in flight.");
        _reporter.Complete(_router!.Tables);
        RunCounts.Tell(_command, _router.Tables, _clock.Elapsed);
    }

    /// <summary>Every other ending: an error downstream or upstream, a break, Select-Object -First, Ctrl+C.</summary>
    public void Dispose()
    {
        try
        {
            if (_writer is not null && !_finished)
            {
                _finished = true;
                EndEarly(_writer);
            }
        }
        finally
        {
            // A warning may end in an exception too, by -WarningAction Stop.
            _writer?.Dispose();
            _checkpoint?.Dispose();
            _reporter.Dispose();
            _crossing.Dispose();
        }
    }

    private void EndEarly(BatchWriter writer)
    {
        if (_router!.Abandon() is { } opening)
        {
            _reporter.KeepUnsent(opening, _seen);
        }

        AbandonCheckpoint();
        EndingRun.Close(writer, _crossing, _inHand, _stop.IsUp, _stop.Watch);
        while (writer.TryRead(out WriteOutcome outcome))
        {
            _reporter.Keep(outcome);
        }

        string why = (writer.Failure ?? _reporter.Fault) is { } failure ? failure.Message + " " : string.Empty;
        string ending = $"{_command.MyInvocation.MyCommand.Name} ended early. {why}{RunCounts.Describe(_router.Tables)}";
        if (_stop.Look())
        {
            // The streams are closed by now; only the host still speaks.
            _command.Host?.UI?.WriteWarningLine(ending);
        }
        else
        {
            _command.WriteWarning(ending);
        }
    }

    [MethodImpl(Jit.Hot)]
    private void Offer(WriteOperation operation)
    {
        // Should a Write* call throw while it waits for room, the ending still has it.
        _inHand = operation;
        while (!_writer!.TryWrite(operation))
        {
            Serve();
            EndIfFailed();
            if (Stopped)
            {
                return;
            }

            _crossing.Wait(Tick);
        }

        _inHand = null;
    }

    /// <summary>Says what there is to say: outcomes, progress, lines from the workers.</summary>
    [MethodImpl(Jit.Hot)]
    private void Serve()
    {
        while (_crossing.TryTakeVerbose(out string line))
        {
            _command.WriteVerbose(line);
        }

        while (_crossing.TryTakeWarning(out string line))
        {
            _command.WriteWarning(line);
        }

        while (_writer is not null && _writer.TryRead(out WriteOutcome outcome))
        {
            _reporter.Tell(outcome);
        }

        if (_progress.IsDue && _writer is not null)
        {
            _command.WriteProgress(_progress.Refresh(_router!.Tables, _writer.InFlight, _clock.Elapsed));
        }
    }

    private void EndIfTableFailed(TableRun table)
    {
        if (table.Failure is { } failure && !Stopped)
        {
            End(failure);
        }
    }

    private void EndIfFailed()
    {
        if (_finished)
        {
            return;
        }

        if (_writer!.Failure is { } failure)
        {
            End(failure);
        }
        else if (_reporter.Fault is { } fault)
        {
            End(fault);
        }
    }

    /// <summary>Ends the run by an error that tells what became of its items.</summary>
    private void End(DdbException failure) => End(counts => ErrorRecords.Run(failure, counts, _command.TableName));

    private void End(Func<string?, ErrorRecord> error)
    {
        WriteOperation? inHand = _inHand;
        _inHand = null;
        if (_writer is not null)
        {
            AbandonCheckpoint();
            EndingRun.Close(_writer, _crossing, inHand, stopNow: true, () => true);
            while (_writer.TryRead(out WriteOutcome outcome))
            {
                _reporter.Tell(outcome);
            }
        }

        _finished = true;
        _reporter.End();
        bool any = _router!.Tables.Any(t => t.Counts.Accepted > 0);
        _command.ThrowTerminatingError(error(any ? RunCounts.Describe(_router.Tables) : null));
    }

    private void OpenCheckpoint(DdbConnection connection)
    {
        if (_command.CheckpointPath is null || _router!.IsDryRun)
        {
            return;
        }

        EndIfCheckpointFails(() => _checkpoint = Checkpoint.Open(_command, connection.Endpoint));
        if (_checkpoint!.LastOrdinal > 0)
        {
            _command.WriteVerbose($"An earlier run took {_checkpoint.LastOrdinal} objects. Those that it wrote are skipped.");
        }
    }

    private void OfferToCheckpoint(Checkpoint checkpoint, TakenObject taken) => EndIfCheckpointFails(() =>
    {
        checkpoint.Meet(taken.Table);
        checkpoint.Offer(taken);
    });

    private void EndIfCheckpointFails(Action step)
    {
        CheckpointException fault;
        try
        {
            step();
            return;
        }
        catch (CheckpointException exception)
        {
            fault = exception;
        }

        End(counts => ErrorRecords.Checkpoint(fault, counts, _command.CheckpointPath));
    }

    /// <summary>Goes on with the objects of which the checkpoint says what is to be done.</summary>
    private void GoOnFromCheckpoint(Checkpoint checkpoint)
    {
        while (!Stopped && checkpoint.TryRead(out ResumeVerdict<TakenObject> verdict))
        {
            TakenObject taken = verdict.Payload;
            switch (verdict.Action)
            {
                case ResumeAction.Skip:
                    _writer!.CountDecided(taken.Table.Counts, WriteStatus.Skipped);
                    break;
                case ResumeAction.Replaced:
                    _writer!.CountDecided(taken.Table.Counts, WriteStatus.Replaced);
                    checkpoint.Replaced(taken);
                    break;
                case ResumeAction.SendMayHaveLanded when Checkpoint.MayRepeat(verdict):
                    taken.Write!.MayHaveLanded = true;
                    Go(taken);
                    break;
                case ResumeAction.Send:
                    Go(taken);
                    break;
                case ResumeAction.FailedAgain:
                    _writer!.CountDecided(taken.Table.Counts, WriteStatus.Failed);
                    _reporter.Tell(new WriteOutcome(
                        taken.Write!, WriteStatus.Failed, FailureKind.ItemUnprocessed, "It failed in an earlier run, and a later update of its key has been written since: now it would come after that."));
                    break;
                default:
                    _writer!.CountDecided(taken.Table.Counts, WriteStatus.Unknown);
                    _reporter.Tell(new WriteOutcome(
                        taken.Write!, WriteStatus.Unknown, FailureKind.OutcomeUnknown, "An earlier run sent it and was not told the outcome. To do it twice would be wrong: look at the item."));
                    break;
            }
        }
    }

    /// <summary>What the checkpoint has not judged yet was taken, and is not sent.</summary>
    private void AbandonCheckpoint()
    {
        foreach (TakenObject taken in _checkpoint?.Abandon() ?? [])
        {
            _writer!.CountDecided(taken.Table.Counts, WriteStatus.NotSent);
            _reporter.KeepUnsent(taken, "The run ended before this item was written.");
        }
    }

    /// <summary>Goes on with an object: it is written, planned, refused or left alone.</summary>
    [MethodImpl(Jit.Hot)]
    private void Go(TakenObject taken)
    {
        TableRun table = taken.Table;
        if (table.Mode is TableMode.Declined)
        {
            _writer!.CountDecided(table.Counts, WriteStatus.NotSent);
        }
        else if (taken.Write is null)
        {
            _writer!.CountDecided(table.Counts, WriteStatus.Failed);
            _checkpoint?.Refused(taken);
            _reporter.Refuse(taken, _router!.IsDryRun);
        }
        else if (table.Mode is TableMode.DryRun)
        {
            table.Plan(taken.Write.Item);
        }
        else
        {
            Offer(taken.Write);
        }
    }
}
