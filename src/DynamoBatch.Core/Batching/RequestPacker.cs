using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Batching;

/// <summary>
/// Fills requests from the keys that are ready, in the order in which they became so. A key is in at most one of its three
/// places (ready, delayed, set apart), so no request can hold a key twice, and no two requests the same key.
/// </summary>
internal sealed class RequestPacker
{
    private readonly long _linger;
    private readonly SortedSet<KeySlot> _delayed = new(DueOrder.Instance);
    private readonly Queue<(WriteRoute Route, List<KeySlot> Slots)> _setApart = new();
    private readonly ReadyKeys[] _ready = [new(WriteRoute.Batch), new(WriteRoute.Statements), new(WriteRoute.Single)];
    private long _order;

    /// <summary>Creates a packer.</summary>
    /// <param name="linger">How long a part-filled request waits for more, in ticks.</param>
    public RequestPacker(long linger) => _linger = linger;

    /// <summary>From now on part-filled requests leave at once: nothing more is coming.</summary>
    public bool Flushing { get; set; }

    /// <summary>The next request may leave part-filled: the buffer is full, so waiting would not fill it further.</summary>
    public bool Hurrying { get; set; }

    [MethodImpl(Jit.Hot)]
    public void Enqueue(KeySlot slot, long now)
    {
        slot.Time = now;
        MakeReady(slot);
    }

    [MethodImpl(Jit.Hot)]
    public void Delay(KeySlot slot, long due)
    {
        slot.Time = due;
        slot.Order = ++_order;
        _delayed.Add(slot);
    }

    /// <summary>These keys go into a request of their own, with nothing else in it.</summary>
    public void SetApart(WriteRoute route, List<KeySlot> slots)
    {
        slots.ForEach(slot => slot.InFlight = true);
        _setApart.Enqueue((route, slots));
    }

    /// <summary>How many requests could leave now.</summary>
    [MethodImpl(Jit.Hot)]
    public int Available(long now)
    {
        Promote(now);
        int available = _setApart.Count;
        foreach (ReadyKeys ready in _ready)
        {
            available += ready.Available(now, _linger, Flushing || Hurrying);
        }

        return available;
    }

    /// <summary>The next request, or null where none may leave yet.</summary>
    /// <param name="now">The time, in ticks.</param>
    /// <param name="maxUnits">Write units that one request may hold; a single larger item still goes, alone.</param>
    [MethodImpl(Jit.Hot)]
    public WriteRequest? Take(long now, int maxUnits)
    {
        if (Available(now) == 0)
        {
            return null;
        }

        if (_setApart.Count > 0)
        {
            Hurrying = false;
            (WriteRoute route, List<KeySlot> slots) = _setApart.Dequeue();
            var apart = new WriteRequest(route);
            slots.ForEach(apart.Add);
            return apart;
        }

        ReadyKeys? next = null;
        foreach (ReadyKeys ready in _ready)
        {
            if (ready.Available(now, _linger, Flushing || Hurrying) > 0 && (next is null || ready.Oldest < next.Oldest))
            {
                next = ready;
            }
        }

        Hurrying = false;
        return next!.Take(maxUnits);
    }

    /// <summary>When the next request may leave, if nothing else happens before; null where nothing waits.</summary>
    [MethodImpl(Jit.Hot)]
    public long? NextDue(long now)
    {
        if (Available(now) > 0)
        {
            return now;
        }

        long due = _delayed.Min?.Time ?? long.MaxValue;
        foreach (ReadyKeys ready in _ready)
        {
            due = ready.Count > 0 ? Math.Min(due, ready.Oldest + _linger) : due;
        }

        return due == long.MaxValue ? null : due;
    }

    /// <summary>Takes out every key that is not in a request and that <paramref name="match"/> selects.</summary>
    public List<KeySlot> Remove(Predicate<KeySlot> match)
    {
        var removed = new List<KeySlot>();
        removed.AddRange(_delayed);
        removed.RemoveAll(slot => !match(slot));
        _delayed.ExceptWith(removed);

        foreach (ReadyKeys ready in _ready)
        {
            ready.Remove(match, removed);
        }

        for (int i = _setApart.Count; i > 0; i--)
        {
            (WriteRoute route, List<KeySlot> slots) = _setApart.Dequeue();
            removed.AddRange(slots.FindAll(match));
            slots.RemoveAll(match);
            if (slots.Count > 0)
            {
                _setApart.Enqueue((route, slots));
            }
        }

        return removed;
    }

    [MethodImpl(Jit.Hot)]
    private void Promote(long now)
    {
        while (_delayed.Min is { } slot && slot.Time <= now)
        {
            _delayed.Remove(slot);
            if (slot.Current is null)
            {
                Expired?.Invoke(slot);
            }
            else
            {
                MakeReady(slot);
            }
        }
    }

    [MethodImpl(Jit.Hot)]
    private void MakeReady(KeySlot slot) => _ready[(int)slot.Current!.Route].Add(slot);

    /// <summary>A quarantine is over and nothing waits for the key.</summary>
    public Action<KeySlot>? Expired { get; set; }

    private sealed class DueOrder : IComparer<KeySlot>
    {
        public static readonly DueOrder Instance = new();

        public int Compare(KeySlot? x, KeySlot? y)
        {
            int order = x!.Time.CompareTo(y!.Time);
            return order != 0 ? order : x.Order.CompareTo(y.Order);
        }
    }
}
