using System;
using System.Collections.Generic;
using System.Text.Json;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Updating;

/// <summary>An item's attributes by name, as the bytes that they are.</summary>
internal static class ItemAttributes
{
    /// <param name="item">Such as <c>{"id":{"S":"a"}}</c>.</param>
    /// <exception cref="JsonException">It is no item.</exception>
    public static Dictionary<string, ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> item)
    {
        var attributes = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        Utf8JsonReader reader = AnswerJson.Open(item.Span);
        while (AnswerJson.NextMember(ref reader))
        {
            string name = reader.GetString()!;
            AnswerJson.ToValue(ref reader);
            attributes[name] = AnswerJson.TakeValue(ref reader, item);
        }

        return attributes;
    }
}
