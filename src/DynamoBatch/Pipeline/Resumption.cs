using System;
using DynamoBatch.Core;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Resuming;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Pipeline;

/// <summary>Does with the objects of a resuming run what their checkpoint says.</summary>
internal sealed class Resumption
{
    private readonly Checkpoint _checkpoint;
    private readonly BatchWriter _writer;
    private readonly ItemReporter _reporter;

    public Resumption(Checkpoint checkpoint, BatchWriter writer, ItemReporter reporter)
    {
        _checkpoint = checkpoint;
        _writer = writer;
        _reporter = reporter;
    }

    /// <summary>Goes on with the objects of which is known what to do.</summary>
    /// <param name="go">Takes those that are to be written.</param>
    /// <param name="stopped">Whether the run is stopped.</param>
    public void GoOn(Action<TakenObject> go, Func<bool> stopped)
    {
        while (!stopped() && _checkpoint.TryRead(out ResumeVerdict<TakenObject> verdict))
        {
            TakenObject taken = verdict.Payload;
            switch (verdict.Action)
            {
                case ResumeAction.Send:
                case ResumeAction.SendMayHaveLanded when Checkpoint.TryRepeat(verdict):
                    go(taken);
                    break;
                case ResumeAction.Skip:
                    _writer.CountDecided(taken.Table.Counts, WriteStatus.Skipped);
                    break;
                case ResumeAction.Replaced:
                    _writer.CountDecided(taken.Table.Counts, WriteStatus.Replaced);
                    _checkpoint.Replaced(taken);
                    break;
                case ResumeAction.FailedAgain:
                    Tell(taken, WriteStatus.Failed, FailureKind.ItemUnprocessed, "It failed in an earlier run, and a later update of its key has been written since: now it would come after that.");
                    break;
                default:
                    Tell(taken, WriteStatus.Unknown, FailureKind.OutcomeUnknown, "An earlier run sent it and was not told the outcome, and to do it twice would be wrong. Look at the item.");
                    break;
            }
        }
    }

    /// <summary>The run ends early: what was to be sent is not sent. What is known without sending stays what it is.</summary>
    public void Abandon()
    {
        foreach (ResumeVerdict<TakenObject> verdict in _checkpoint.Abandon())
        {
            TakenObject taken = verdict.Payload;
            switch (verdict.Action)
            {
                case ResumeAction.Skip:
                    _writer.CountDecided(taken.Table.Counts, WriteStatus.Skipped);
                    break;
                case ResumeAction.Replaced:
                    _writer.CountDecided(taken.Table.Counts, WriteStatus.Replaced);
                    _checkpoint.Replaced(taken);
                    break;
                case ResumeAction.Unknown or ResumeAction.SendMayHaveLanded:
                    _writer.CountDecided(taken.Table.Counts, WriteStatus.Unknown);
                    _reporter.Keep(new WriteOutcome(
                        taken.Write!, WriteStatus.Unknown, FailureKind.OutcomeUnknown, "An earlier run may have written it, and this one ended before that was made sure of."));
                    break;
                default:
                    _writer.CountDecided(taken.Table.Counts, WriteStatus.NotSent);
                    _reporter.KeepUnsent(taken, "The run ended before this item was written.");
                    break;
            }
        }
    }

    private void Tell(TakenObject taken, WriteStatus status, FailureKind kind, string message)
    {
        _writer.CountDecided(taken.Table.Counts, status);
        _reporter.Tell(new WriteOutcome(taken.Write!, status, kind, message));
    }
}
