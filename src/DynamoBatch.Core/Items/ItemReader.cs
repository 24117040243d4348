using System;
using System.Collections.Specialized;
using System.Text.Json;

namespace DynamoBatch.Core.Items;

/// <summary>Reads items from DynamoDB JSON; see <see cref="AttributeReader"/> for the types that come out.</summary>
public static class ItemReader
{
    // DynamoDB nests 32 levels, and every one of its lists and maps is two levels of JSON.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 128 };

    /// <summary>Reads one item.</summary>
    /// <param name="json">Such as <c>{"id":{"S":"a"}}</c>, and nothing else.</param>
    /// <exception cref="FormatException">It is JSON, but not an item.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static OrderedDictionary Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        var item = AttributeReader.Map(ref reader);
        return reader.Read() ? throw new FormatException("There is more than one item.") : item;
    }
}
