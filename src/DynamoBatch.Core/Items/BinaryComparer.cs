using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Items;

/// <summary>Binaries are equal by their bytes.</summary>
public sealed class BinaryComparer : IEqualityComparer<byte[]>
{
    /// <summary>The one instance.</summary>
    public static BinaryComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(byte[]? x, byte[]? y) => x == null || y == null ? x == y : x.AsSpan().SequenceEqual(y);

    /// <inheritdoc/>
    public int GetHashCode(byte[] obj)
    {
        var hash = 17;
        foreach (var b in obj ?? throw new ArgumentNullException(nameof(obj)))
        {
            hash = unchecked((hash * 31) + b);
        }

        return hash;
    }
}
