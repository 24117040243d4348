using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Comparing;

/// <summary>A reused buffer of texts with their lengths, whose parts can be brought into one order.</summary>
internal sealed class CanonicalBuffer : IComparer<(int Start, int End)>
{
    private const int LengthBytes = 4;

    private byte[] _bytes = new byte[4096];
    private byte[] _spare = new byte[4096];
    private (int Start, int End)[] _parts = new (int, int)[64];

    public int Length { get; private set; }

    /// <summary>Parts that are not arranged yet.</summary>
    public int Parts { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Reset()
    {
        Length = 0;
        Parts = 0;
    }

    [MethodImpl(Jit.Hot)]
    public void AddByte(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    /// <summary>Where the next text is to be written; then comes <see cref="AddText"/>.</summary>
    [MethodImpl(Jit.Hot)]
    public Span<byte> RoomForText(int atMost)
    {
        Reserve(atMost + LengthBytes);
        return _bytes.AsSpan(Length + LengthBytes);
    }

    [MethodImpl(Jit.Hot)]
    public void AddText(int count)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(Length), count);
        Length += count + LengthBytes;
    }

    /// <summary>What was written since then is one part.</summary>
    [MethodImpl(Jit.Hot)]
    public void AddPart(int start)
    {
        if (Parts == _parts.Length)
        {
            Array.Resize(ref _parts, Parts * 2);
        }

        _parts[Parts++] = (start, Length);
    }

    /// <summary>Brings the parts since one of them into their order, and ends them.</summary>
    /// <param name="first">The number of the first of them.</param>
    /// <param name="end">What is written after them.</param>
    [MethodImpl(Jit.Hot)]
    public void Arrange(int first, byte end)
    {
        int count = Parts - first;
        Parts = first;
        if (!IsInOrder(first, count))
        {
            int start = _parts[first].Start;
            int length = Length - start;
            _spare = _spare.Length < length ? new byte[length * 2] : _spare;
            _bytes.AsSpan(start, length).CopyTo(_spare);
            Array.Sort(_parts, first, count, this);
            int to = start;
            foreach ((int from, int until) in _parts.AsSpan(first, count))
            {
                _spare.AsSpan(from - start, until - from).CopyTo(_bytes.AsSpan(to));
                to += until - from;
            }
        }

        AddByte(end);
    }

    public int Compare((int Start, int End) x, (int Start, int End) y) =>
        _bytes.AsSpan(x.Start, x.End - x.Start).SequenceCompareTo(_bytes.AsSpan(y.Start, y.End - y.Start));

    private bool IsInOrder(int first, int count)
    {
        for (int i = first + 1; i < first + count; i++)
        {
            if (Compare(_parts[i - 1], _parts[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private void Reserve(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Length + count, _bytes.Length * 2));
        }
    }
}
