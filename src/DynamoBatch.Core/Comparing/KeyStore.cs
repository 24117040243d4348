using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Comparing;

/// <summary>
/// Keys in a few large arrays, whose places are used again. A million arrays of their own would be as much memory again, and they
/// would all grow old before they die. Not thread-safe.
/// </summary>
internal sealed class KeyStore
{
    private const int ChunkBytes = 64 * 1024;
    private const int Grain = 16;

    private readonly List<byte[]> _chunks = [];
    private readonly Dictionary<int, Stack<long>> _free = [];
    private int _used = ChunkBytes;

    /// <summary>Bytes that a key takes.</summary>
    public static int SizeOf(int length) => (length + Grain - 1) / Grain * Grain;

    public long Add(byte[] key)
    {
        int size = SizeOf(key.Length);
        long place = _free.TryGetValue(size, out Stack<long>? free) && free.Count > 0 ? free.Pop() : Reserve(size);
        key.CopyTo(_chunks[(int)(place / ChunkBytes)], (int)(place % ChunkBytes));
        return place;
    }

    public ReadOnlySpan<byte> Get(long place, int length) => _chunks[(int)(place / ChunkBytes)].AsSpan((int)(place % ChunkBytes), length);

    public void Remove(long place, int length)
    {
        int size = SizeOf(length);
        if (!_free.TryGetValue(size, out Stack<long>? free))
        {
            _free[size] = free = new Stack<long>();
        }

        free.Push(place);
    }

    // A key has 3 KB at most, escaped six times that: it always fits into a chunk.
    private long Reserve(int size)
    {
        if (_used + size > ChunkBytes)
        {
            _chunks.Add(new byte[ChunkBytes]);
            _used = 0;
        }

        long place = ((long)(_chunks.Count - 1) * ChunkBytes) + _used;
        _used += size;
        return place;
    }
}
