using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Batching;

/// <summary>The writes of one request: at most 25, each of another key.</summary>
internal sealed class WriteRequest
{
    private readonly List<KeySlot> _slots = new(RequestLimits.MaxOperations);

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
        Count < RequestLimits.MaxOperations
        && (Count == 0
            || ((long)Bytes + RequestLimits.BytesOf(operation) <= RequestLimits.MaxBytes && (long)Units + operation.Units <= maxUnits));

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
