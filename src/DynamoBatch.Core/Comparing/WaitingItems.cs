using System.Collections.Generic;

namespace DynamoBatch.Core.Comparing;

/// <summary>Scanned items whose other side was not met yet, oldest first. Not thread-safe.</summary>
internal sealed class WaitingItems
{
    private readonly HashSet<ScannedItem> _items = new(new SameKey());
    private ScannedItem? _oldest;
    private ScannedItem? _newest;

    public int Count => _items.Count;

    /// <summary>About how much memory they take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes out the one with the same key; null where there is none.</summary>
    public ScannedItem? TakeMatch(ScannedItem item)
    {
        if (!_items.TryGetValue(item, out ScannedItem? waiting))
        {
            return null;
        }

        Remove(waiting);
        return waiting;
    }

    public void Add(ScannedItem item)
    {
        _items.Add(item);
        Bytes += ScannedItem.Overhead + item.Key.Length;
        item.Older = _newest;
        if (_newest is null)
        {
            _oldest = item;
        }
        else
        {
            _newest.Newer = item;
        }

        _newest = item;
    }

    /// <summary>Takes out the oldest; null where none waits.</summary>
    public ScannedItem? TakeOldest()
    {
        if (_oldest is { } oldest)
        {
            Remove(oldest);
            return oldest;
        }

        return null;
    }

    /// <summary>Takes out those that were met in a segment, of either table.</summary>
    public List<ScannedItem> TakeSegment(int segment)
    {
        var taken = new List<ScannedItem>();
        for (ScannedItem? item = _oldest; item is not null; item = item.Newer)
        {
            if (item.Segment == segment)
            {
                taken.Add(item);
            }
        }

        taken.ForEach(Remove);
        return taken;
    }

    private void Remove(ScannedItem item)
    {
        _items.Remove(item);
        Bytes -= ScannedItem.Overhead + item.Key.Length;
        if (item.Older is null)
        {
            _oldest = item.Newer;
        }
        else
        {
            item.Older.Newer = item.Newer;
        }

        if (item.Newer is null)
        {
            _newest = item.Older;
        }
        else
        {
            item.Newer.Older = item.Older;
        }

        // Links between the dead would keep them all.
        item.Older = null;
        item.Newer = null;
    }

    private sealed class SameKey : IEqualityComparer<ScannedItem>
    {
        public bool Equals(ScannedItem? x, ScannedItem? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && x.Hash == y.Hash && System.MemoryExtensions.SequenceEqual<byte>(x.Key, y.Key));

        public int GetHashCode(ScannedItem obj) => obj.Hash;
    }
}
