using System;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Updating;

namespace DynamoBatch.Core.Comparing;

/// <summary>Finds the attributes in which two items differ.</summary>
internal sealed class PairComparer
{
    private readonly HashSet<string>? _compared;
    private readonly AttributeNames _names;

    public PairComparer(IReadOnlyCollection<string>? compared, AttributeNames names)
    {
        _compared = compared is null ? null : new HashSet<string>(compared, StringComparer.Ordinal);
        _names = names;
    }

    /// <summary>Makes a pair of what was found; an item that is not there is empty.</summary>
    /// <exception cref="FormatException">One of them is no item.</exception>
    /// <exception cref="System.Text.Json.JsonException">One of them is no JSON.</exception>
    public ItemPair Compare(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> reference, ReadOnlyMemory<byte> difference)
    {
        // Also of what is told as it is: an item may have got names since it was scanned.
        Dictionary<string, ReadOnlyMemory<byte>> left = Read(reference), right = Read(difference);
        return new ItemPair(key, reference, difference, left.Count == 0 || right.Count == 0 ? [] : Differing(left, right));
    }

    private List<string> Differing(Dictionary<string, ReadOnlyMemory<byte>> left, Dictionary<string, ReadOnlyMemory<byte>> right) =>
        left.Keys.Concat(right.Keys.Where(name => !left.ContainsKey(name)))
            .Where(name => _compared?.Contains(name) ?? true)
            .Where(name => !(left.TryGetValue(name, out ReadOnlyMemory<byte> one) && right.TryGetValue(name, out ReadOnlyMemory<byte> other)
                && ValueEquality.AreEqual(one.Span, other.Span)))
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToList();

    private Dictionary<string, ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> item)
    {
        if (item.IsEmpty)
        {
            return [];
        }

        Dictionary<string, ReadOnlyMemory<byte>> attributes = ItemAttributes.Of(item);
        foreach (string name in attributes.Keys)
        {
            _names.Add(name);
        }

        return attributes;
    }
}
