using System.Runtime.CompilerServices;
using System;

namespace DynamoBatch.Core.Batching;

/// <summary>An item's identity: its table and the bytes of its canonical key.</summary>
internal readonly struct ItemKey : IEquatable<ItemKey>
{
    private readonly WriteTable _table;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _hash;

    public ItemKey(WriteTable table, ReadOnlyMemory<byte> bytes)
    {
        _table = table;
        _bytes = bytes;
        _hash = Hash(bytes.Span, table.Ordinal);
    }

    public WriteTable Table => _table;

    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The same key over bytes of its own, so that keeping it does not keep a whole item.</summary>
    public ItemKey Detach() => new(_table, _bytes.ToArray());

    [MethodImpl(Jit.Hot)]
    public bool Equals(ItemKey other) =>
        _hash == other._hash && ReferenceEquals(_table, other._table) && _bytes.Span.SequenceEqual(other._bytes.Span);

    [MethodImpl(Jit.Hot)]
    public override bool Equals(object? obj) => obj is ItemKey other && Equals(other);

    public override int GetHashCode() => _hash;

    /// <summary>FNV-1a: keys are a few dozen bytes, and the framework's byte hash is not on .NET Framework.</summary>
    [MethodImpl(Jit.Hot)]
    private static int Hash(ReadOnlySpan<byte> bytes, int seed)
    {
        unchecked
        {
            uint hash = 2166136261 ^ (uint)seed;
            foreach (byte b in bytes)
            {
                hash = (hash ^ b) * 16777619;
            }

            return (int)hash;
        }
    }
}
