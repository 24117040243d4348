using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;
using DynamoBatch.Output;

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
        Expect(reader.TokenType == JsonTokenType.StartObject, ref reader, "a map");
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
        Expect(reader.TokenType == JsonTokenType.StartObject, ref reader, "a typed value such as {\"S\":\"text\"}");
        reader.Read();
        Expect(reader.TokenType == JsonTokenType.PropertyName, ref reader, "a type name");
        object? value;
        if (reader.ValueTextEquals("S"u8))
        {
            reader.Read();
            value = Text(ref reader);
        }
        else if (reader.ValueTextEquals("N"u8))
        {
            reader.Read();
            value = Plain(Number(ref reader));
        }
        else
        {
            value = OtherValue(ref reader);
        }

        reader.Read();
        Expect(reader.TokenType == JsonTokenType.EndObject, ref reader, "exactly one type");
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
                return Binary(ref reader);
            case "BOOL":
                Expect(reader.TokenType is JsonTokenType.True or JsonTokenType.False, ref reader, "true or false");
                return reader.TokenType == JsonTokenType.True;
            case "NULL":
                Expect(reader.TokenType == JsonTokenType.True, ref reader, "true after NULL");
                return null;
            case "SS":
                return Texts(ref reader);
            case "NS":
                return Numbers(ref reader);
            case "BS":
                return Binaries(ref reader);
            default:
                throw new FormatException($"Not DynamoDB JSON: '{type}' is not a type.");
        }
    }

    private object?[] List(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, ref reader, "a list");
        var start = _count;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Push(Value(ref reader));
        }

        var list = _values.AsSpan(start, _count - start).ToArray();
        _count = start;
        return list;
    }

    private static HashSet<string> Texts(ref Utf8JsonReader reader)
    {
        var set = new HashSet<string>(StringComparer.Ordinal);
        while (NextElement(ref reader))
        {
            set.Add(Text(ref reader));
        }

        return set;
    }

    private static HashSet<byte[]> Binaries(ref Utf8JsonReader reader)
    {
        var set = new HashSet<byte[]>(BinaryComparer.Instance);
        while (NextElement(ref reader))
        {
            set.Add(Binary(ref reader));
        }

        return set;
    }

    private static object Numbers(ref Utf8JsonReader reader)
    {
        var set = new NumberSet();
        while (NextElement(ref reader))
        {
            set.Add(Number(ref reader));
        }

        return set.Result;
    }

    // At a set's opening bracket, or at an element: moves to the next one. DynamoDB has no empty set.
    private static bool NextElement(ref Utf8JsonReader reader)
    {
        var isFirst = reader.TokenType == JsonTokenType.StartArray;
        Expect(isFirst || reader.TokenType == JsonTokenType.String, ref reader, "a set");
        reader.Read();
        Expect(!isFirst || reader.TokenType != JsonTokenType.EndArray, ref reader, "at least one element in a set");
        return reader.TokenType != JsonTokenType.EndArray;
    }

    [MethodImpl(Jit.Hot)]
    private static string Text(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.String, ref reader, "text");
        return JsonText.Read(ref reader);
    }

    private static object Plain(object number) => number is NumberText text ? new DdbNumber(text.Text) : number;

    [MethodImpl(Jit.Hot)]
    private static object Number(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.String, ref reader, "a number as text");
        return reader.HasValueSequence || reader.ValueIsEscaped
            ? ClrNumber.Read(Encoding.UTF8.GetBytes(JsonText.Read(ref reader)))
            : ClrNumber.Read(reader.ValueSpan);
    }

    private static byte[] Binary(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.String, ref reader, "base64 text");
        return reader.TryGetBytesFromBase64(out var bytes) ? bytes : throw new FormatException("Not DynamoDB JSON: a binary is not base64 text.");
    }

    [MethodImpl(Jit.Hot)]
    private static void Expect(bool holds, ref Utf8JsonReader reader, string what)
    {
        if (!holds)
        {
            throw new FormatException(FormattableString.Invariant($"Not DynamoDB JSON: expected {what} near byte {reader.TokenStartIndex}."));
        }
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
