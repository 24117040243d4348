using System;
using System.Text.Json;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Lines;

/// <summary>
/// A line of DynamoDB JSON, and where in it the item is. The three forms cannot be mistaken for each other:
/// <para>an item has a typed value (an object with one type name) under every name, so a line with any other value is none;</para>
/// <para>under <c>"Item"</c>, alone, stands a typed value if the line is an item, and an item if it is an export's. Nothing is both:
/// a typed value has one name, and of the types only M holds an object; so the same question is asked of that object, and in the
/// end comes an empty one, which is a map and no value.</para>
/// </summary>
internal readonly ref struct ItemLine
{
    /// <summary>What the line is.</summary>
    internal LineForm Form { get; init; }

    /// <summary>The item's JSON; empty where the line has none. Not checked yet.</summary>
    internal ReadOnlySpan<byte> Item { get; init; }

    /// <summary>Of a failed line: the key's JSON; empty where there is none.</summary>
    internal ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Of a failed line: the table.</summary>
    internal string? TableName { get; init; }

    /// <summary>Of a failed line: what was to be done.</summary>
    internal string? Verb { get; init; }

    /// <summary>Finds out what a line is.</summary>
    /// <param name="line">The line, in UTF-8.</param>
    /// <exception cref="FormatException">It is JSON, but none of the forms.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    internal static ItemLine Read(ReadOnlySpan<byte> line)
    {
        var reader = Open(line);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("Not DynamoDB JSON: a line is an object.");
        }

        if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject)
        {
            return new ItemLine { Form = LineForm.Item, Item = line };
        }

        // Nearly every line is seen through here: its first value is typed, and nothing but an item's is.
        var mayWrap = reader.ValueTextEquals("Item"u8) || reader.ValueTextEquals("Key"u8);
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject && !mayWrap
            ? new ItemLine { Form = LineForm.Item, Item = line }
            : ReadMembers(line);
    }

    private static ItemLine ReadMembers(ReadOnlySpan<byte> line)
    {
        (int Start, int Length) item = default, key = default;
        string? table = null, verb = null;
        bool isTyped = false, hasOther = false;
        var members = 0;
        var reader = Open(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            members++;
            var name = JsonText.Read(ref reader);
            reader.Read();
            hasOther |= reader.TokenType != JsonTokenType.StartObject;
            if (name == "Item" && reader.TokenType == JsonTokenType.StartObject)
            {
                isTyped = IsTypedValue(reader);
                item = Skip(ref reader, item);
            }
            else if (name == "Key" && reader.TokenType == JsonTokenType.StartObject)
            {
                key = Skip(ref reader, key);
            }
            else if (name == "TableName" && reader.TokenType == JsonTokenType.String)
            {
                table = JsonText.Read(ref reader);
            }
            else if (name == "Verb" && reader.TokenType == JsonTokenType.String)
            {
                verb = JsonText.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        reader.Read(); // What follows the object is no JSON: this throws.
        if (!hasOther)
        {
            return members == 1 && item.Length > 0 && !isTyped
                ? new ItemLine { Form = LineForm.Export, Item = line.Slice(item.Start, item.Length) }
                : new ItemLine { Form = LineForm.Item, Item = line };
        }

        return table != null && verb != null
            ? new ItemLine
            {
                Form = LineForm.Failed,
                Item = line.Slice(item.Start, item.Length),
                Key = line.Slice(key.Start, key.Length),
                TableName = table,
                Verb = verb,
            }
            : throw new FormatException("Not DynamoDB JSON: neither an item, nor {\"Item\":{...}}, nor a line of a -FailedItemPath file.");
    }

    private static Utf8JsonReader Open(ReadOnlySpan<byte> line) => new(line, new JsonReaderOptions { MaxDepth = 128 });

    private static (int Start, int Length) Skip(ref Utf8JsonReader reader, (int Start, int Length) before)
    {
        if (before.Length > 0)
        {
            throw new FormatException("Not DynamoDB JSON: \"Item\" or \"Key\" is there twice.");
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return (start, (int)reader.BytesConsumed - start);
    }

    /// <summary>Whether an object is a typed value rather than a map of such. Of what is neither, whichever is nearer.</summary>
    /// <param name="reader">At the opening brace: a copy, which moves alone.</param>
    private static bool IsTypedValue(Utf8JsonReader reader)
    {
        for (var typed = true; ; typed = !typed)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.EndObject || !IsTypeName(ref reader, out var isMap))
            {
                return !typed;
            }

            reader.Read();
            var inner = reader;
            reader.Skip();
            reader.Read();
            if (reader.TokenType != JsonTokenType.EndObject)
            {
                return !typed; // Of two names.
            }

            if (inner.TokenType != JsonTokenType.StartObject)
            {
                return typed;
            }

            if (!isMap)
            {
                return !typed;
            }

            reader = inner;
        }
    }

    private static bool IsTypeName(ref Utf8JsonReader reader, out bool isMap)
    {
        isMap = reader.ValueTextEquals("M"u8);
        return isMap || reader.ValueTextEquals("S"u8) || reader.ValueTextEquals("N"u8) || reader.ValueTextEquals("B"u8) ||
            reader.ValueTextEquals("BOOL"u8) || reader.ValueTextEquals("NULL"u8) || reader.ValueTextEquals("L"u8) ||
            reader.ValueTextEquals("SS"u8) || reader.ValueTextEquals("NS"u8) || reader.ValueTextEquals("BS"u8);
    }
}
