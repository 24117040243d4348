using System;
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
    private readonly ItemReporter _reporter;
    private readonly RunOutput _output;
    private readonly StopSign _stop;
    private Checkpoint? _checkpoint;
    private Resumption? _resumption;
    private BatchWriter? _writer;
    private TableRouter? _router;
    private WriteOperation? _inHand;
    private long _nulls;
    private long _seen;
    private bool _finished;

    public WriteRun(WriteCommand command)
    {
        _command = command;
        _reporter = new ItemReporter(command);
        _output = new RunOutput(command, _crossing, _reporter);
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
        _writer = connection.CreateWriter(_command.GetWriterOptions(_crossing, _checkpoint?.Journal));
        _resumption = _checkpoint is null ? null : new Resumption(_checkpoint, _writer, _reporter);
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
            _resumption!.GoOn(Go, () => Stopped);
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
        _output.Complete(_writer, _router!.Tables, _nulls);
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

        EndingRun.Close(writer, _crossing, _inHand, _stop.IsUp, _stop.Watch);
        while (writer.TryRead(out WriteOutcome outcome))
        {
            _reporter.Keep(outcome);
        }

        _resumption?.Abandon();
        string why = (writer.Failure ?? _reporter.Fault) is { } failure ? failure.Message + " " : string.Empty;
        string ending = $"{_command.MyInvocation.MyCommand.Name} ended early. {why}{RunCounts.Describe(_router.Tables)}";
        _output.Warn(ending, streamsAreClosed: _stop.Look());
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

    [MethodImpl(Jit.Hot)]
    private void Serve() => _output.Serve(_writer, _router!.Tables);

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
            EndingRun.Close(_writer, _crossing, inHand, stopNow: true, () => true);
            while (_writer.TryRead(out WriteOutcome outcome))
            {
                _reporter.Tell(outcome);
            }

            _resumption?.Abandon();
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
            _command.WriteVerbose($"An earlier run took {_checkpoint.LastOrdinal} objects. Those that it wrote are skipped.{(_checkpoint.Unrest > TimeSpan.Zero ? " What it sent last gets two seconds to land." : string.Empty)}");
        }

        while (_checkpoint.Unrest > TimeSpan.Zero && !Stopped)
        {
            _crossing.Wait(Tick);
        }
    }

    private void OfferToCheckpoint(Checkpoint checkpoint, TakenObject taken) => EndIfCheckpointFails(() => checkpoint.Offer(taken));

    private void EndIfCheckpointFails(Action step)
    {
        if (Checkpoint.Try(step) is { } fault)
        {
            End(counts => ErrorRecords.Checkpoint(fault, counts, _command.CheckpointPath));
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
            table.Plan(taken.Write);
        }
        else
        {
            Offer(taken.Write);
        }
    }
}
