using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace DynamoBatch.Core.Resuming;

/// <summary>
/// Stands between the pipeline and the writer of a resuming run: makes sure that the objects are those of the run before, and
/// says of each what is left to do. Pure. Per key, what is to be sent comes out in the order of the pipeline.
/// </summary>
internal sealed class ResumeGate<TKey, T>
    where TKey : notnull
{
    private const string Remedy =
        "Only objects that failed may be corrected, each in its place. Give the same input in the same order, or another path to write everything again.";

    private readonly CheckpointHistory _history;
    private readonly HeldWrites<TKey, T> _held;
    private readonly Queue<ResumeVerdict<T>> _verdicts = new();
    private readonly List<ResumeWrite<TKey, T>> _block = new(CheckpointHistory.BlockSize);
    private long _offered;
    private ulong _rolling;
    private int _next;

    public ResumeGate(CheckpointHistory history)
    {
        _history = history;
        _held = new HeldWrites<TKey, T>(_verdicts);
    }

    /// <summary>Whether everything recorded has been met: what comes now is new, and needs no gate.</summary>
    public bool IsOpen => _next == _history.Hashes.Count;

    /// <summary>Takes an object, in the order of the pipeline. What is to do with it comes out at once or later, perhaps with others.</summary>
    /// <exception cref="CheckpointException">The input changed. Nothing that was not told before may be sent.</exception>
    public void Offer(in ResumeWrite<TKey, T> write)
    {
        if (write.Ordinal != _offered + 1)
        {
            throw new ArgumentOutOfRangeException(nameof(write), "Each object is offered once, in order.");
        }

        _offered = write.Ordinal;
        if (IsOpen)
        {
            _verdicts.Enqueue(new ResumeVerdict<T>(write.Ordinal, write.Payload, ResumeAction.Send, null));
            return;
        }

        // In the block before it can be refused, so that no ending loses it.
        _block.Add(write);
        RequireCorrectable(write);
        _rolling = ContributionHash.Roll(_rolling, _history.Hashed(write.Ordinal, write.Contribution));
        BlockHash recorded = _history.Hashes[_next];
        if (write.Ordinal < recorded.Ordinal)
        {
            return;
        }

        if (_rolling != recorded.Hash)
        {
            throw Changed(_block[0].Ordinal, recorded.Ordinal);
        }

        _block.ForEach(Judge);
        _block.Clear();
        _next++;
        if (IsOpen)
        {
            _held.ReleaseAll();
        }
    }

    /// <summary>The next object of which is known what to do.</summary>
    public bool TryRead(out ResumeVerdict<T> verdict)
    {
        verdict = default;
        if (_verdicts.Count == 0)
        {
            return false;
        }

        verdict = _verdicts.Dequeue();
        return true;
    }

    /// <summary>The input has ended.</summary>
    /// <exception cref="CheckpointException">It ended before the run that recorded the checkpoint did.</exception>
    public void Complete()
    {
        if (!IsOpen)
        {
            throw new CheckpointException(
                CheckpointProblem.InputChanged,
                string.Format(CultureInfo.InvariantCulture, "The input ended after {0} objects, but the checkpoint knows of {1}. {2}", _offered, _history.LastOrdinal, Remedy));
        }
    }

    /// <summary>The run ends early: what was offered and not read, in the order of the pipeline. What is not known to be the same as
    /// what was recorded can only be called unknown, where that was sent.</summary>
    public IReadOnlyList<ResumeVerdict<T>> Abandon()
    {
        List<ResumeVerdict<T>> left = _verdicts
            .Concat(_held.InOrder.Select(h => h.Release))
            .Concat(_block.Select(w => new ResumeVerdict<T>(w.Ordinal, w.Payload, MayBeWritten(w) ? ResumeAction.Unknown : ResumeAction.Send, null)))
            .OrderBy(v => v.Ordinal)
            .ToList();
        _verdicts.Clear();
        _block.Clear();
        _held.Clear();
        return left;
    }

    private static CheckpointException Changed(long first, long last) => new(
        CheckpointProblem.InputChanged,
        string.Format(
            CultureInfo.InvariantCulture,
            first == last
                ? "The input changed since the checkpoint was begun: object {0} of the pipeline is not the one that was sent then. {2}"
                : "The input changed since the checkpoint was begun: among the objects {0} to {1} of the pipeline are others than then. {2}",
            first,
            last,
            Remedy));

    /// <summary>A row that failed once is in no hash as it is now. Where it was sent since, it must still be what was sent.</summary>
    private void RequireCorrectable(in ResumeWrite<TKey, T> write)
    {
        if (_history.TryGetCorrectable(write.Ordinal, out CorrectableRow row)
            && row.Latest != write.Contribution
            && _history.Find(write.Ordinal).State is not RecordedState.Failed)
        {
            throw Changed(write.Ordinal, write.Ordinal);
        }
    }

    private bool MayBeWritten(in ResumeWrite<TKey, T> write) =>
        !write.IsRefused && _history.Find(write.Ordinal).State is RecordedState.Done or RecordedState.Intended or RecordedState.Unknown;

    private void Judge(ResumeWrite<TKey, T> write)
    {
        OpenRecord record = _history.Find(write.Ordinal);
        if (write.IsRefused)
        {
            // Nothing of it can be sent: what is left is to say so, but for one that was done before it was changed back.
            Tell(write, record.State is RecordedState.Done ? ResumeAction.Skip : ResumeAction.Send, record);
            return;
        }

        switch (record.State)
        {
            case RecordedState.Done:
                _held.MeetWritten(write.Key, write.Overwrites);
                Tell(write, ResumeAction.Skip, record);
                break;
            case RecordedState.Failed:
                Hold(write, ResumeAction.Send, ResumeAction.FailedAgain, record);
                break;
            case RecordedState.Unknown when write.Repeatable:
                Hold(write, ResumeAction.SendMayHaveLanded, ResumeAction.Unknown, record);
                break;
            case RecordedState.Unknown:
                _held.MeetWritten(write.Key, overwrites: false);
                Tell(write, ResumeAction.Unknown, record);
                break;
            case RecordedState.Intended:
                if (!write.Repeatable)
                {
                    _held.MeetWritten(write.Key, overwrites: false);
                }

                _held.MeetUnwritten(write.Key);
                Tell(write, ResumeAction.SendMayHaveLanded, record);
                break;
            default:
                _held.MeetUnwritten(write.Key);
                Tell(write, ResumeAction.Send, record);
                break;
        }
    }

    private void Hold(in ResumeWrite<TKey, T> write, ResumeAction release, ResumeAction otherwise, OpenRecord record) =>
        _held.Hold(write.Key, new HeldWrite<T>(new ResumeVerdict<T>(write.Ordinal, write.Payload, release, record.IntendedAt), otherwise));

    private void Tell(in ResumeWrite<TKey, T> write, ResumeAction action, OpenRecord record) =>
        _verdicts.Enqueue(new ResumeVerdict<T>(write.Ordinal, write.Payload, action, record.IntendedAt));
}
