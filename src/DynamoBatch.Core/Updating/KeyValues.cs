using System;
using System.Runtime.CompilerServices;
using System.Text;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Updating;

/// <summary>Finds the values in a canonical key, <c>{"id":{"S":"a"},"at":{"N":"1"}}</c>.</summary>
internal sealed class KeyValues
{
    private readonly int _partitionStart;
    private readonly byte[]? _sortPrefix;

    public KeyValues(TableSchema schema)
    {
        _partitionStart = Prefix("{", schema.PartitionKey.Name).Length;
        _sortPrefix = schema.SortKey is { } sort ? Prefix(",", sort.Name) : null;
    }

    [MethodImpl(Jit.Hot)]
    public (ReadOnlyMemory<byte> Partition, ReadOnlyMemory<byte> Sort) Of(EncodedItem item)
    {
        ReadOnlyMemory<byte> values = item.Key.Slice(_partitionStart, item.Key.Length - _partitionStart - 1);
        if (_sortPrefix is null)
        {
            return (values, default);
        }

        // The first one is the one: inside a text, a quote is always escaped.
        int middle = values.Span.IndexOf(_sortPrefix);
        return (values.Slice(0, middle), values.Slice(middle + _sortPrefix.Length));
    }

    /// <summary>As the encoder spells a name.</summary>
    private static byte[] Prefix(string before, string name)
    {
        var json = new JsonBuffer();
        json.Raw(Encoding.ASCII.GetBytes(before + "\""));
        json.Text(name.AsSpan());
        json.Raw("\":"u8);
        return json.Written.ToArray();
    }
}
