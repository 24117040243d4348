using System.Collections.Generic;

namespace DynamoBatch.Core.Reading;

/// <summary>Reads that were accepted and whose answers were not taken yet; given in the order of the asking, or of the answers.</summary>
internal sealed class UntakenReads
{
    private readonly Queue<KeyRead> _queue = new();
    private readonly bool _ordered;

    public UntakenReads(bool ordered) => _ordered = ordered;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the items among their answers.</summary>
    public long Bytes { get; private set; }

    /// <summary>The one that all others wait for; null where none does.</summary>
    public KeyRead? Awaited => _ordered && _queue.Count > 0 && _queue.Peek().Status is ReadStatus.Pending ? _queue.Peek() : null;

    public void Add(KeyRead read)
    {
        Count++;
        if (_ordered)
        {
            _queue.Enqueue(read);
        }
    }

    public void Decided(KeyRead read)
    {
        Bytes += read.Item.Length;
        if (!_ordered)
        {
            _queue.Enqueue(read);
        }
    }

    /// <summary>The next one that has its answer; null where there is none.</summary>
    public KeyRead? Take()
    {
        if (_queue.Count == 0 || _queue.Peek().Status is ReadStatus.Pending)
        {
            return null;
        }

        KeyRead read = _queue.Dequeue();
        Count--;
        Bytes -= read.Item.Length;
        return read;
    }

    /// <summary>No answer will be taken any more: all of them count as not read.</summary>
    public void Clear()
    {
        foreach (KeyRead read in _queue)
        {
            read.Table.Counts.Recount(read.Status, ReadStatus.NotRead);
        }

        _queue.Clear();
        Count = 0;
        Bytes = 0;
    }
}
