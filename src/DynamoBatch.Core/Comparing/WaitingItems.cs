using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Comparing;

/// <summary>
/// Scanned items whose other side was not met yet, found by their keys, oldest first. In arrays whose places are used again: they
/// come and go by the million, and as objects they would be garbage of the dearest kind. Not thread-safe.
/// </summary>
internal sealed class WaitingItems
{
    private const int None = -1;
    private const int ChunkBits = 10;
    private const int ChunkItems = 1 << ChunkBits;

    private readonly KeyStore _keys = new();
    private readonly List<WaitingItem[]> _chunks = [];
    private int[] _buckets = NewBuckets(1024);
    private int _places;
    private int _free = None;
    private int _oldest = None;
    private int _newest = None;

    public int Count { get; private set; }

    /// <summary>About how much memory they take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes out the one with the same key. False where there is none.</summary>
    [MethodImpl(Jit.Hot)]
    public bool TryTake(in ScannedItem item, out WaitingItem waiting)
    {
        for (int place = _buckets[item.Hash & (_buckets.Length - 1)]; place != None; place = At(place).Next)
        {
            ref WaitingItem found = ref At(place);
            if (found.Hash == item.Hash && _keys.Get(found.KeyPlace, found.KeyLength).SequenceEqual(item.Key))
            {
                waiting = found;
                Remove(place);
                return true;
            }
        }

        waiting = default;
        return false;
    }

    [MethodImpl(Jit.Hot)]
    public void Add(in ScannedItem item, Side side, int segment)
    {
        if (Count == _buckets.Length)
        {
            Rehash();
        }

        int place = Reserve();
        ref WaitingItem added = ref At(place);
        ref int bucket = ref _buckets[item.Hash & (_buckets.Length - 1)];
        added = new WaitingItem
        {
            Digest = item.Digest,
            KeyPlace = _keys.Add(item.Key),
            KeyLength = item.Key.Length,
            Hash = item.Hash,
            Segment = segment,
            Side = side,
            Next = bucket,
            Older = _newest,
            Newer = None,
        };
        bucket = place;
        Link(_newest, place, ref _oldest);
        _newest = place;
        Count++;
        Bytes += SizeOf(added);
    }

    /// <summary>Takes out the oldest, and its key. False where none waits.</summary>
    public bool TryTakeOldest(out WaitingItem waiting, out byte[] key)
    {
        (waiting, key) = _oldest == None ? (default, []) : Take(_oldest);
        return key.Length > 0;
    }

    /// <summary>Takes out those that were met in a segment, of either table, and their keys.</summary>
    public List<(WaitingItem Item, byte[] Key)> TakeSegment(int segment)
    {
        var taken = new List<(WaitingItem, byte[])>();
        for (int place = _oldest; place != None;)
        {
            ref WaitingItem item = ref At(place);
            int newer = item.Newer;
            if (item.Segment == segment)
            {
                taken.Add(Take(place));
            }

            place = newer;
        }

        return taken;
    }

    private static int SizeOf(in WaitingItem item) => WaitingItem.Overhead + KeyStore.SizeOf(item.KeyLength);

    private static int[] NewBuckets(int count)
    {
        int[] buckets = new int[count];
        buckets.AsSpan().Fill(None);
        return buckets;
    }

    [MethodImpl(Jit.Hot)]
    private ref WaitingItem At(int place) => ref _chunks[place >> ChunkBits][place & (ChunkItems - 1)];

    private int Reserve()
    {
        if (_free != None)
        {
            int place = _free;
            _free = At(place).Next;
            return place;
        }

        if (_places == _chunks.Count * ChunkItems)
        {
            _chunks.Add(new WaitingItem[ChunkItems]);
        }

        return _places++;
    }

    private (WaitingItem Item, byte[] Key) Take(int place)
    {
        WaitingItem item = At(place);
        byte[] key = _keys.Get(item.KeyPlace, item.KeyLength).ToArray();
        Remove(place);
        return (item, key);
    }

    [MethodImpl(Jit.Hot)]
    private void Remove(int place)
    {
        ref WaitingItem item = ref At(place);
        ref int link = ref _buckets[item.Hash & (_buckets.Length - 1)];
        while (link != place)
        {
            link = ref At(link).Next;
        }

        link = item.Next;
        Link(item.Older, item.Newer, ref _oldest);
        if (item.Newer == None)
        {
            _newest = item.Older;
        }
        else
        {
            At(item.Newer).Older = item.Older;
        }

        _keys.Remove(item.KeyPlace, item.KeyLength);
        Count--;
        Bytes -= SizeOf(item);
        item.Next = _free;
        _free = place;
    }

    /// <summary>What comes after one; where there is none, it is the first.</summary>
    private void Link(int older, int newer, ref int first)
    {
        if (older == None)
        {
            first = newer;
        }
        else
        {
            At(older).Newer = newer;
        }
    }

    private void Rehash()
    {
        _buckets = NewBuckets(_buckets.Length * 2);
        for (int place = _oldest; place != None; place = At(place).Newer)
        {
            ref WaitingItem item = ref At(place);
            ref int bucket = ref _buckets[item.Hash & (_buckets.Length - 1)];
            item.Next = bucket;
            bucket = place;
        }
    }
}
