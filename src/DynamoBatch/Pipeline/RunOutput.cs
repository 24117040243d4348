using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using DynamoBatch.Core;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Pipeline;

/// <summary>What a writing run says: outcomes, progress, and the lines that its workers leave. On the pipeline thread only.</summary>
internal sealed class RunOutput
{
    private readonly WriteCommand _command;
    private readonly Crossing _crossing;
    private readonly ItemReporter _reporter;
    private readonly ProgressBar _progress;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public RunOutput(WriteCommand command, Crossing crossing, ItemReporter reporter)
    {
        _command = command;
        _crossing = crossing;
        _reporter = reporter;
        _progress = new ProgressBar(command.MyInvocation.MyCommand.Name);
    }

    /// <summary>Says what there is to say.</summary>
    [MethodImpl(Jit.Hot)]
    public void Serve(BatchWriter? writer, IReadOnlyList<TableRun> tables)
    {
        while (_crossing.TryTakeVerbose(out string line))
        {
            _command.WriteVerbose(line);
        }

        while (_crossing.TryTakeWarning(out string line))
        {
            _command.WriteWarning(line);
        }

        while (writer is not null && writer.TryRead(out WriteOutcome outcome))
        {
            _reporter.Tell(outcome);
        }

        if (writer is not null && _progress.IsDue)
        {
            _command.WriteProgress(_progress.Refresh(tables, writer.InFlight, _clock.Elapsed, _command.Expected));
        }
    }

    /// <summary>Says a warning; by the host alone where the pipeline takes nothing any more.</summary>
    public void Warn(string text, bool streamsAreClosed)
    {
        if (streamsAreClosed)
        {
            _command.Host?.UI?.WriteWarningLine(text);
        }
        else
        {
            _command.WriteWarning(text);
        }
    }

    /// <summary>The run has ended as it should: takes the bar away, and tells the accounts.</summary>
    /// <param name="writer">The writer, at rest.</param>
    /// <param name="tables">The run's tables.</param>
    /// <param name="nulls">Null objects in the pipeline.</param>
    public void Complete(BatchWriter writer, IReadOnlyList<TableRun> tables, long nulls)
    {
        if (_progress.Complete() is { } done)
        {
            _command.WriteProgress(done);
        }

        if (nulls > 0)
        {
            _command.WriteVerbose($"{nulls} null objects in the pipeline were skipped.");
        }

        _command.WriteVerbose($"Ended after {_clock.Elapsed:c}; at most {writer.MostInFlight} requests were in flight.");
        _reporter.Complete(tables);
        if (AttributeTypeParameter.Unmet(_command, tables) is { } unmet)
        {
            _command.WriteWarning(unmet);
        }

        RunCounts.Tell(_command, tables, _clock.Elapsed);
    }
}
