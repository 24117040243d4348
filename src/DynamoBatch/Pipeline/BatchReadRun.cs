using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using DynamoBatch.Commands;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Pipeline;

/// <summary>One run of Read-DdbBatch, on the pipeline thread. Whatever a Write* call throws goes through untouched.</summary>
internal sealed class BatchReadRun : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly ReadDdbBatchCommand _command;
    private readonly Crossing _crossing = new();
    private readonly ProgressBar _progress;
    private readonly KeyReporter _reporter;
    private readonly StopSign _stop;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private BatchReader? _reader;
    private ReadTableRoutes? _routes;
    private KeyRead? _inHand;
    private long _nulls;
    private long _seen;
    private bool _finished;

    public BatchReadRun(ReadDdbBatchCommand command)
    {
        _command = command;
        _progress = new ProgressBar(command.MyInvocation.MyCommand.Name);
        _reporter = new KeyReporter(command, command.SkipMissing);
        _stop = new StopSign(command);
    }

    private string Counts => KeyReporter.Describe(_routes!.Tables);

    public void Begin()
    {
        if (_command.GetConnection().Open(_crossing) is not { } connection)
        {
            return;
        }

        _command.WriteVerbose($"Reading from {connection.Endpoint} with credentials from {connection.CredentialSource}; at most {_command.ThrottleLimit} requests in flight.");
        _routes = new ReadTableRoutes(_command, connection, _crossing);
        _reader = connection.CreateReader(_command.GetOptions(_crossing, _command.Ordered, _command.TableNameProperty is not null));
        if (_command.TableNameProperty is null && _routes.Find(null, Serve).Failure is { } failure && !_stop.IsUp)
        {
            // Also where no key ever comes: a wrong name should not look like an empty input.
            End(failure);
        }
    }

    public void Process(PSObject? inputObject)
    {
        if (inputObject is null)
        {
            _nulls++;
            return;
        }

        if (_finished || _stop.IsUp)
        {
            return;
        }

        _seen++;
        ReadTableRun table = _routes!.Find(inputObject, Serve);
        if (_stop.IsUp)
        {
            return;
        }

        if (table.TryEncode(inputObject, out EncodedItem? key, out DdbException? failure))
        {
            Ask(new KeyRead(table.Table!, key!.Key, inputObject));
        }
        else
        {
            _reader!.Count(table.Counts, ReadStatus.Failed);
            _reporter.Refuse(table, failure!, inputObject, _seen);
        }

        Serve();
        EndIfFailed();
    }

    /// <summary>The input has ended: what waits is asked for, and all answers are written.</summary>
    public void Complete()
    {
        if (_stop.IsUp)
        {
            return;
        }

        _reader!.Flush();
        while (_reader.Untaken > 0 && !_stop.IsUp)
        {
            Serve();
            EndIfFailed();
            if (_reader.Untaken > 0)
            {
                _crossing.Wait(Tick);
            }
        }

        if (_stop.IsUp)
        {
            // Dispose ends the run; nothing may be written to the pipeline any more.
            return;
        }

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

        double units = _routes!.Tables.Sum(t => t.Counts.ConsumedCapacity);
        long requests = _routes.Tables.Sum(t => t.Counts.Requests);
        _command.WriteVerbose(
            $"{Counts} {requests} requests, {_routes.Tables.Sum(t => t.Counts.Retries)} keys sent again, {units} read units, {_clock.Elapsed:c}; at most {_reader.MostInFlight} requests were in flight.");
    }

    /// <summary>Every other ending: an error downstream or upstream, a break, Select-Object -First, Ctrl+C.</summary>
    public void Dispose()
    {
        try
        {
            if (_reader is not null && !_finished)
            {
                _finished = true;
                EndEarly();
            }
        }
        finally
        {
            // A warning may end in an exception too, by -WarningAction Stop.
            _reader?.Dispose();
            _crossing.Dispose();
        }
    }

    private void EndEarly()
    {
        _routes!.Abandon();
        Abort();
        if (_reporter.IsGiving && _reader!.Failure is null)
        {
            return; // Select-Object -First, or an error further down: nobody waits for the rest.
        }

        string why = _reader!.Failure is { } failure ? failure.Message + " " : string.Empty;
        string ending = $"{_command.MyInvocation.MyCommand.Name} ended early. {why}{Counts}";
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

    private void Abort()
    {
        _reader!.Abort();
        if (_inHand is { } waiting)
        {
            _inHand = null;
            _reader.Count(waiting.Table.Counts, ReadStatus.NotRead);
        }
    }

    private void Ask(KeyRead read)
    {
        // Should a Write* call throw while it waits for room, the ending still has it.
        _inHand = read;
        while (!_reader!.TryAsk(read))
        {
            Serve();
            EndIfFailed();
            if (_stop.IsUp)
            {
                return;
            }

            if (!_reader.HasRoom)
            {
                _crossing.Wait(Tick);
            }
        }

        _inHand = null;
    }

    private void Serve()
    {
        while (_crossing.TryTakeVerbose(out string line))
        {
            _command.WriteVerbose(line);
        }

        while (!_stop.IsUp && _reader!.TryTake(out KeyRead? read))
        {
            _reporter.Tell(read!);
        }

        if (_progress.IsDue)
        {
            long done = _routes!.Tables.Sum(t => t.Counts.Accepted - t.Counts.Pending);
            double units = _routes.Tables.Sum(t => t.Counts.ConsumedCapacity);
            long throttles = _routes.Tables.Sum(t => t.Counts.Throttles);
            _progress.Estimate(done, _command.Expected, 0, _clock.Elapsed);
            _command.WriteProgress(_progress.Refresh(ProgressBar.Describe(done, units, throttles, _reader!.InFlight, _clock.Elapsed)));
        }
    }

    private void EndIfFailed()
    {
        if (!_finished && _reader!.Failure is { } failure)
        {
            End(failure);
        }
    }

    /// <summary>Ends the run by an error that tells what became of its keys.</summary>
    private void End(DdbException failure)
    {
        while (_reader!.TryTake(out KeyRead? read))
        {
            _reporter.Tell(read!);
        }

        _finished = true;
        Abort();
        bool any = _routes!.Tables.Any(t => t.Counts.Accepted > 0);
        _command.ThrowTerminatingError(ErrorRecords.Run(failure, any ? Counts : null, _command.TableName));
    }
}
