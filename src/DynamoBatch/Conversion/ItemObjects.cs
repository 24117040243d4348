using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Conversion;

/// <summary>
/// Makes objects of items, straight from their DynamoDB JSON: what <see cref="ObjectEncoder"/> encodes to the same item again.
/// A map whose names a property bag would mix up comes as a case-sensitive ordered dictionary. One per thread; not thread safe.
/// </summary>
internal sealed class ItemObjects
{
    // DynamoDB nests 32 levels, and every one of its lists and maps is two levels of JSON.
    internal static readonly JsonReaderOptions Options = new() { MaxDepth = 128 };

    // Members that PowerShell answers for itself: a property of such a name is there, but $object.PSBase is something else.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "PSObject", "PSBase", "PSTypeNames", "PSAdapted", "PSExtended", "PSStandardMembers",
    };

    private readonly MapShapes _shapes = new(Reserved.Contains);
    private object?[] _values = new object?[64];
    private int _count;

    /// <summary>Reads one item.</summary>
    /// <param name="itemJson">Such as <c>{"id":{"S":"a"}}</c>, and nothing else.</param>
    /// <exception cref="FormatException">It is JSON, but not an item; or holds a name twice.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public object Read(ReadOnlySpan<byte> itemJson)
    {
        var reader = new Utf8JsonReader(itemJson, Options);
        reader.Read();
        var item = Read(ref reader);
        return reader.Read() ? throw new FormatException("There is more than one item.") : item;
    }

    /// <summary>Reads one item out of a longer text.</summary>
    /// <param name="reader">At the item's opening brace, with the whole item in its data; left at the closing brace. Its options allow a depth of 128.</param>
    /// <exception cref="FormatException">It is JSON, but not an item; or holds a name twice.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public object Read(ref Utf8JsonReader reader)
    {
        _shapes.NextItem();
        _count = 0;
        return Map(ref reader);
    }

    [MethodImpl(Jit.Hot)]
    private object Map(ref Utf8JsonReader reader)
    {
        ItemValues.Expect(reader.TokenType == JsonTokenType.StartObject, ref reader, "a map");
        var start = _count;
        var shape = _shapes.Root;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            shape = _shapes.Next(shape, ref reader);
            reader.Read();
            Push(Value(ref reader));
        }

        var values = _values.AsSpan(start, _count - start);
        _count = start;
        return shape.IsPlain ? Bag(shape.Names, values) : Dictionary(shape.Names, values);
    }

    [MethodImpl(Jit.Hot)]
    private static PSObject Bag(string[] names, ReadOnlySpan<object?> values)
    {
        var bag = new PSObject();
        var properties = bag.Properties;
        for (var i = 0; i < names.Length; i++)
        {
            properties.Add(new PSNoteProperty(names[i], values[i]), preValidated: true);
        }

        return bag;
    }

    private static OrderedDictionary Dictionary(string[] names, ReadOnlySpan<object?> values)
    {
        var map = new OrderedDictionary(names.Length, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            if (map.Contains(names[i]))
            {
                throw new FormatException($"Not DynamoDB JSON: the name '{names[i]}' is there twice.");
            }

            map.Add(names[i], values[i]);
        }

        return map;
    }

    [MethodImpl(Jit.Hot)]
    private object? Value(ref Utf8JsonReader reader)
    {
        ItemValues.Expect(reader.TokenType == JsonTokenType.StartObject, ref reader, "a typed value such as {\"S\":\"text\"}");
        reader.Read();
        ItemValues.Expect(reader.TokenType == JsonTokenType.PropertyName, ref reader, "a type name");
        object? value;
        if (reader.ValueTextEquals("S"u8))
        {
            reader.Read();
            value = ItemValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("N"u8))
        {
            reader.Read();
            value = ItemValues.PlainNumber(ref reader);
        }
        else
        {
            value = OtherValue(ref reader);
        }

        reader.Read();
        ItemValues.Expect(reader.TokenType == JsonTokenType.EndObject, ref reader, "exactly one type");
        return value;
    }

    private object? OtherValue(ref Utf8JsonReader reader)
    {
        var type = JsonText.Read(ref reader);
        reader.Read();
        switch (type)
        {
            case "M":
                return Map(ref reader);
            case "L":
                return List(ref reader);
            case "B":
                return ItemValues.Binary(ref reader);
            case "BOOL":
                ItemValues.Expect(reader.TokenType is JsonTokenType.True or JsonTokenType.False, ref reader, "true or false");
                return reader.TokenType == JsonTokenType.True;
            case "NULL":
                ItemValues.Expect(reader.TokenType == JsonTokenType.True, ref reader, "true after NULL");
                return null;
            case "SS":
                return ItemValues.Texts(ref reader);
            case "NS":
                return ItemValues.Numbers(ref reader);
            case "BS":
                return ItemValues.Binaries(ref reader);
            default:
                throw new FormatException($"Not DynamoDB JSON: '{type}' is not a type.");
        }
    }

    private object?[] List(ref Utf8JsonReader reader)
    {
        ItemValues.Expect(reader.TokenType == JsonTokenType.StartArray, ref reader, "a list");
        var start = _count;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Push(Value(ref reader));
        }

        var list = _values.AsSpan(start, _count - start).ToArray();
        _count = start;
        return list;
    }

    [MethodImpl(Jit.Hot)]
    private void Push(object? value)
    {
        if (_count == _values.Length)
        {
            Array.Resize(ref _values, _count * 2);
        }

        _values[_count++] = value;
    }
}
