using System;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Updating;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>An item's attributes beside its key, by name; or that there is no item.</summary>
internal sealed class ItemImage
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _attributes;

    /// <param name="item">DynamoDB JSON; empty where there is no item.</param>
    /// <param name="schema">Whose key attributes are left out: two images of one item agree in them, whatever their spelling.</param>
    public ItemImage(ReadOnlyMemory<byte> item, TableSchema schema)
    {
        Exists = !item.IsEmpty;
        _attributes = Exists ? ItemAttributes.Of(item) : new(StringComparer.Ordinal);
        _attributes.Remove(schema.PartitionKey.Name);
        if (schema.SortKey is { } sort)
        {
            _attributes.Remove(sort.Name);
        }
    }

    public bool Exists { get; }

    public IEnumerable<string> Names => _attributes.Keys;

    /// <summary>The value, such as <c>{"S":"a"}</c>; empty where the item has no such attribute.</summary>
    public ReadOnlyMemory<byte> this[string name] => _attributes.TryGetValue(name, out ReadOnlyMemory<byte> value) ? value : default;

    /// <summary>Whether both have the attribute with the same value, or both have it not.</summary>
    public bool Agrees(ItemImage other, string name)
    {
        ReadOnlyMemory<byte> mine = this[name], theirs = other[name];
        return mine.IsEmpty || theirs.IsEmpty ? mine.IsEmpty == theirs.IsEmpty : ValueEquality.AreEqual(mine.Span, theirs.Span);
    }

    /// <summary>The attributes in which two images differ, in the order of their names.</summary>
    public IReadOnlyList<string> DifferenceTo(ItemImage other) =>
        Names.Union(other.Names).Where(name => !Agrees(other, name)).OrderBy(name => name, StringComparer.Ordinal).ToArray();
}
