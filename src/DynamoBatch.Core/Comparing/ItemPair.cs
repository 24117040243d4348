using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Comparing;

/// <summary>What two tables hold under one key. The bytes are parts of answers: who keeps a pair for long copies them.</summary>
public sealed class ItemPair
{
    internal ItemPair(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> reference, ReadOnlyMemory<byte> difference, IReadOnlyList<string> attributes)
    {
        Key = key;
        Reference = reference;
        Difference = difference;
        Attributes = attributes;
    }

    /// <summary>The key as canonical DynamoDB JSON; the same bytes as <see cref="Items.EncodedItem.Key"/>.</summary>
    public ReadOnlyMemory<byte> Key { get; }

    /// <summary>The reference table's item as DynamoDB JSON; empty where it has none.</summary>
    public ReadOnlyMemory<byte> Reference { get; }

    /// <summary>The difference table's item as DynamoDB JSON; empty where it has none.</summary>
    public ReadOnlyMemory<byte> Difference { get; }

    /// <summary>Names of the top-level attributes that differ, in ordinal order; none where one side has no item.</summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>Whether both tables have the item, and nothing of what was compared differs.</summary>
    public bool IsEqual => !Reference.IsEmpty && !Difference.IsEmpty && Attributes.Count == 0;

    internal int Bytes => 64 + Key.Length + Reference.Length + (Reference.Equals(Difference) ? 0 : Difference.Length);
}
