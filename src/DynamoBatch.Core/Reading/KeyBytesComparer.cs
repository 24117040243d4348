using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Reading;

/// <summary>Canonical keys are equal by their bytes.</summary>
internal sealed class KeyBytesComparer : IEqualityComparer<ReadOnlyMemory<byte>>
{
    public static KeyBytesComparer Instance { get; } = new();

    [MethodImpl(Jit.Hot)]
    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    /// <summary>FNV-1a: keys are a few dozen bytes, and the framework's byte hash is not on .NET Framework.</summary>
    [MethodImpl(Jit.Hot)]
    public int GetHashCode(ReadOnlyMemory<byte> obj)
    {
        unchecked
        {
            uint hash = 2166136261;
            foreach (byte b in obj.Span)
            {
                hash = (hash ^ b) * 16777619;
            }

            return (int)hash;
        }
    }
}
