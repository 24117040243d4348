using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Batching;

/// <summary>
/// The order of one key's writes. At most one of them, <see cref="Current"/>, is in a request; the others wait behind it.
/// A slot lives from the first waiting write of its key until nothing waits and nothing can land late any more.
/// </summary>
internal sealed class KeySlot
{
    public KeySlot(ItemKey key) => Key = key;

    public ItemKey Key { get; private set; }

    /// <summary>The write to send next, or in flight; null while the key only sits out its quarantine.</summary>
    public WriteOperation? Current { get; private set; }

    /// <summary>Whether a request holds <see cref="Current"/>: one that was sent, or one that is set apart to be.</summary>
    public bool InFlight { get; set; }

    /// <summary>An earlier sending of <see cref="Current"/> had no clear answer: it may have landed, or may land yet.</summary>
    public bool MayLand { get; set; }

    /// <summary>Sendings in a row that wrote nothing: the exponent of the back-off.</summary>
    public int Setbacks { get; set; }

    /// <summary>When it became ready, or is due: the scheduler's ticks.</summary>
    public long Time { get; set; }

    /// <summary>Breaks ties of <see cref="Time"/>.</summary>
    public long Order { get; set; }

    private WriteOperation? FirstWaiting { get; set; }

    private WriteOperation? BeforeLastWaiting { get; set; }

    private WriteOperation? LastWaiting { get; set; }

    /// <summary>Whether <see cref="Current"/> is surely not in the table, and no request holds it.</summary>
    private bool CurrentIsUnsent => Current is not null && !InFlight && !MayLand;

    /// <summary>Puts a write behind all earlier ones of its key, in the place of the last where that one has not been sent.</summary>
    [MethodImpl(Jit.Hot)]
    public void Add(WriteOperation operation)
    {
        if (LastWaiting is { } last)
        {
            if (Replaces(operation, last))
            {
                // Only the last one can be replaced, so what waits before it keeps its place.
                ReplaceLastWaiting(operation);
            }
            else
            {
                last.Next = operation;
                BeforeLastWaiting = last;
                LastWaiting = operation;
            }
        }
        else if (Current is null)
        {
            Current = operation;
        }
        else if (CurrentIsUnsent && Replaces(operation, Current))
        {
            operation.Predecessor = Current;
            Current = operation;
        }
        else
        {
            FirstWaiting = LastWaiting = operation;
        }
    }

    /// <summary>The current write is decided: the next one takes its place. False where none waits.</summary>
    [MethodImpl(Jit.Hot)]
    public bool Advance()
    {
        Current = TakeFirstWaiting();
        return Current is not null;
    }

    /// <summary>The current write was refused for good: what it had replaced is sent after all, unless a later write replaces that too.</summary>
    public bool FallBack()
    {
        WriteOperation? predecessor = Current?.Predecessor;
        if (Current is not null)
        {
            Current.Predecessor = null;
        }

        Current = predecessor;
        if (predecessor is null)
        {
            return Advance();
        }

        Absorb();
        return true;
    }

    /// <summary>The current write is surely not in the table: a waiting later one replaces it.</summary>
    [MethodImpl(Jit.Hot)]
    public void Absorb()
    {
        while (CurrentIsUnsent && FirstWaiting is { } next && Replaces(next, Current!))
        {
            TakeFirstWaiting();
            WriteOperation bottom = next;
            while (bottom.Predecessor is { } earlier)
            {
                bottom = earlier;
            }

            bottom.Predecessor = Current;
            Current = next;
        }
    }

    /// <summary>Lets go of the item that the key's bytes came from.</summary>
    [MethodImpl(Jit.Hot)]
    public void Rekey() => Key = Current is null ? Key.Detach() : new ItemKey(Key.Table, Current.Item.Key);

    [MethodImpl(Jit.Hot)]
    private static bool Replaces(WriteOperation later, WriteOperation earlier) => later.Overwrites && earlier.Overwrites;

    [MethodImpl(Jit.Hot)]
    private void ReplaceLastWaiting(WriteOperation operation)
    {
        operation.Predecessor = LastWaiting;
        if (ReferenceEquals(FirstWaiting, LastWaiting))
        {
            FirstWaiting = operation;
        }
        else
        {
            BeforeLastWaiting!.Next = operation;
        }

        LastWaiting = operation;
    }

    [MethodImpl(Jit.Hot)]
    private WriteOperation? TakeFirstWaiting()
    {
        WriteOperation? first = FirstWaiting;
        if (first is not null)
        {
            FirstWaiting = first.Next;
            first.Next = null;
            if (FirstWaiting is null)
            {
                LastWaiting = null;
            }

            if (ReferenceEquals(first, BeforeLastWaiting))
            {
                BeforeLastWaiting = null;
            }
        }

        return first;
    }
}
