using System;
using System.Collections.Generic;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Updating;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>Makes an image of two.</summary>
internal static class ItemMerge
{
    /// <summary>An item, but for some attributes, which are as another image has them or has them not.</summary>
    /// <param name="item">The item, as DynamoDB JSON.</param>
    /// <param name="other">The other image.</param>
    /// <param name="names">The attributes that are taken from it.</param>
    public static byte[] Of(ReadOnlyMemory<byte> item, ReadOnlyMemory<byte> other, IEnumerable<string> names)
    {
        Dictionary<string, ReadOnlyMemory<byte>> merged = ItemAttributes.Of(item), source = ItemAttributes.Of(other);
        foreach (string name in names)
        {
            merged.Remove(name);
            if (source.TryGetValue(name, out ReadOnlyMemory<byte> value))
            {
                merged.Add(name, value);
            }
        }

        var json = new JsonBuffer();
        foreach (KeyValuePair<string, ReadOnlyMemory<byte>> attribute in merged)
        {
            json.Raw(json.Length == 0 ? "{"u8 : ","u8);
            json.Raw(ExpressionText.Bytes(ExpressionText.Quote(attribute.Key) + ":"));
            json.Raw(attribute.Value.Span);
        }

        json.Raw("}"u8);
        return json.Written.ToArray();
    }
}
