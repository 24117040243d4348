using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Batching;

/// <summary>The writes of one request: at most 25, each of another key, all of one kind.</summary>
internal sealed class WriteRequest
{
    private readonly List<KeySlot> _slots;

    public WriteRequest(WriteRoute route)
    {
        Route = route;
        _slots = new List<KeySlot>(RequestLimits.MaxOperations(route));
    }

    /// <summary>The kind of request that it is.</summary>
    public WriteRoute Route { get; }

    /// <summary>Whether it holds as many writes as such a request can.</summary>
    public bool IsFull => Count == RequestLimits.MaxOperations(Route);

    public IReadOnlyList<KeySlot> Slots => _slots;

    public int Count => _slots.Count;

    /// <summary>Bytes as sent, at most.</summary>
    public int Bytes { get; private set; } = RequestLimits.EnvelopeBytes;

    /// <summary>Write units, estimated.</summary>
    public int Units { get; private set; }

    public WriteOperation this[int index] => _slots[index].Current!;

    /// <summary>Whether one more write keeps the request within the service's limits and within <paramref name="maxUnits"/>.</summary>
    [MethodImpl(Jit.Hot)]
    public bool HasRoomFor(WriteOperation operation, int maxUnits) =>
        !IsFull
        && (Count == 0
            || ((long)Bytes + RequestLimits.BytesOf(operation) <= RequestLimits.MaxBytesOf(Route) && (long)Units + operation.Units <= maxUnits));

    [MethodImpl(Jit.Hot)]
    public void Add(KeySlot slot)
    {
        WriteOperation operation = slot.Current!;
        slot.InFlight = true;
        _slots.Add(slot);
        Bytes += RequestLimits.BytesOf(operation);
        Units += operation.Units;
    }
}
