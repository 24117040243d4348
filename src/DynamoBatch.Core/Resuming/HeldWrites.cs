using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Core.Resuming;

/// <summary>
/// The writes of the pipeline that failed in a run before. A later write of the same key may be done; then such a write comes too
/// late, and must not be sent on top of it. So each waits until the pipeline has shown the later writes of its key.
/// </summary>
internal sealed class HeldWrites<TKey, T>
    where TKey : notnull
{
    private readonly Dictionary<TKey, List<HeldWrite<T>>> _byKey = new();
    private readonly Queue<ResumeVerdict<T>> _verdicts;

    public HeldWrites(Queue<ResumeVerdict<T>> verdicts) => _verdicts = verdicts;

    /// <summary>What is held, in the order of the pipeline.</summary>
    public IEnumerable<HeldWrite<T>> InOrder => _byKey.Values.SelectMany(held => held).OrderBy(held => held.Release.Ordinal);

    public void Hold(TKey key, HeldWrite<T> write)
    {
        if (!_byKey.TryGetValue(key, out List<HeldWrite<T>>? held))
        {
            _byKey.Add(key, held = new List<HeldWrite<T>>(1));
        }

        held.Add(write);
    }

    /// <summary>A later write of the key is done, or may be.</summary>
    /// <param name="key">The key.</param>
    /// <param name="overwrites">Whether it surely is, and leaves nothing of what was there.</param>
    public void MeetWritten(TKey key, bool overwrites)
    {
        if (_byKey.Count == 0 || !_byKey.TryGetValue(key, out List<HeldWrite<T>>? held))
        {
            return;
        }

        foreach (HeldWrite<T> write in held)
        {
            write.IsLate = true;
            if (overwrites)
            {
                _verdicts.Enqueue(write.Release with { Action = ResumeAction.Replaced });
            }
        }

        if (overwrites)
        {
            _byKey.Remove(key);
        }
    }

    /// <summary>A later write of the key is to be sent: the held ones go before it.</summary>
    public void MeetUnwritten(TKey key)
    {
        if (_byKey.Count > 0 && _byKey.TryGetValue(key, out List<HeldWrite<T>>? held))
        {
            held.ForEach(Release);
            _byKey.Remove(key);
        }
    }

    /// <summary>Nothing recorded is left in the pipeline: all go, in order.</summary>
    public void ReleaseAll()
    {
        foreach (HeldWrite<T> write in InOrder)
        {
            Release(write);
        }

        Clear();
    }

    public void Clear() => _byKey.Clear();

    private void Release(HeldWrite<T> write) =>
        _verdicts.Enqueue(write.IsLate ? write.Release with { Action = write.Otherwise } : write.Release);
}
