using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using DynamoBatch.Core;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
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
        _writer = connection.CreateWriter(
            new WriterOptions
            {
                ThrottleLimit = _command.ThrottleLimit,
                MaxWriteCapacity = _command.MaxWriteCapacity,
                RetryTimeout = _command.RetryTimeout,
                MaxRetry = _command.MaxRetry,
                TablesFailAlone = _command.TableNameProperty is not null,
                TellSuccesses = _command.PassThru || _command.ReturnsItems,
                Signal = _crossing.Signal,
                Log = _crossing.Verbose,
            });
        if (_command.TableNameProperty is null)
        {
            // Also where no object ever comes: a wrong name should not look like an empty input.
            EndIfTableFailed(_router.Find(null, Serve));
        }
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

        if (table.Mode is TableMode.Declined)
        {
            table.Counts.Accepted++;
            table.Counts.NotSent++;
            return;
        }

        if (!table.TryEncode(inputObject, out EncodedItem? item, out ItemRequest? request, out DdbException? failure))
        {
            _writer!.CountRefused(table.Counts);
            _reporter.Refuse(table, failure!, inputObject, _seen, _router.IsDryRun);
        }
        else if (table.Mode is TableMode.DryRun)
        {
            table.Plan(item!);
        }
        else
        {
            Offer(
                new WriteOperation(table.Table!, _command.GetVerb(), item!, inputObject)
                {
                    Request = request,
                    Token = request?.Repeat is RepeatRule.ByToken ? Guid.NewGuid().ToString() : string.Empty,
                });
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

        while (_writer!.TryRead(out WriteOutcome outcome))
        {
            _reporter.Tell(outcome);
        }

        if (_progress.IsDue)
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
    private void End(DdbException failure)
    {
        WriteOperation? inHand = _inHand;
        _inHand = null;
        EndingRun.Close(_writer!, _crossing, inHand, stopNow: true, () => true);
        while (_writer!.TryRead(out WriteOutcome outcome))
        {
            _reporter.Tell(outcome);
        }

        _finished = true;
        _reporter.End();
        bool any = _router!.Tables.Any(t => t.Counts.Accepted > 0);
        _command.ThrowTerminatingError(ErrorRecords.Run(failure, any ? RunCounts.Describe(_router.Tables) : null, _command.TableName));
    }
}
