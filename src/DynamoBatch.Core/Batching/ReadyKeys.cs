using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Batching;

/// <summary>The keys whose next write may be sent, for one kind of request, in the order in which they became ready.</summary>
internal sealed class ReadyKeys
{
    private readonly WriteRoute _route;
    private readonly int _maxOperations;
    private Queue<KeySlot> _slots = new();

    public ReadyKeys(WriteRoute route)
    {
        _route = route;
        _maxOperations = RequestLimits.MaxOperations(route);
    }

    public int Count => _slots.Count;

    /// <summary>When the first of them became ready. Only where there is one.</summary>
    public long Oldest => _slots.Peek().Time;

    [MethodImpl(Jit.Hot)]
    public void Add(KeySlot slot) => _slots.Enqueue(slot);

    /// <summary>How many requests could leave now.</summary>
    [MethodImpl(Jit.Hot)]
    public int Available(long now, long linger, bool atOnce)
    {
        bool partial = _slots.Count % _maxOperations != 0 && (atOnce || Oldest + linger <= now);
        return (_slots.Count / _maxOperations) + (partial ? 1 : 0);
    }

    /// <summary>The next request.</summary>
    /// <param name="maxUnits">Write units that it may hold; a single larger item still goes, alone.</param>
    [MethodImpl(Jit.Hot)]
    public WriteRequest Take(int maxUnits)
    {
        var request = new WriteRequest(_route);
        while (_slots.Count > 0 && request.HasRoomFor(_slots.Peek().Current!, maxUnits))
        {
            request.Add(_slots.Dequeue());
        }

        return request;
    }

    /// <summary>Takes out every key that <paramref name="match"/> selects.</summary>
    public void Remove(Predicate<KeySlot> match, List<KeySlot> removed)
    {
        var kept = new Queue<KeySlot>();
        foreach (KeySlot slot in _slots)
        {
            if (match(slot))
            {
                removed.Add(slot);
            }
            else
            {
                kept.Enqueue(slot);
            }
        }

        _slots = kept;
    }
}
