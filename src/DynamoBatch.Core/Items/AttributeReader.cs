using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Text.Json;

namespace DynamoBatch.Core.Items;

/// <summary>
/// Reads a DynamoDB JSON value, exactly: S string, N <see cref="NumberText"/>, B byte[], BOOL bool, NULL null, SS HashSet of string,
/// NS HashSet of NumberText, BS HashSet of byte[] (by content), L List, M OrderedDictionary (case-sensitive, in the order read).
/// </summary>
public static class AttributeReader
{
    /// <summary>Reads one value such as <c>{"S":"a"}</c>.</summary>
    /// <param name="reader">At the value's opening brace; left at its closing one.</param>
    /// <exception cref="FormatException">It is JSON, but not DynamoDB JSON.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static object? Read(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, ref reader, "a typed value such as {\"S\":\"text\"}");
        reader.Read();
        Expect(reader.TokenType == JsonTokenType.PropertyName, ref reader, "a type name");
        var type = reader.GetString();
        reader.Read();
        object? value = type switch
        {
            "S" => Text(ref reader),
            "N" => Number(ref reader),
            "B" => Binary(ref reader),
            "BOOL" => Flag(ref reader),
            "NULL" => Null(ref reader),
            "SS" => Texts(ref reader),
            "NS" => Numbers(ref reader),
            "BS" => Binaries(ref reader),
            "L" => List(ref reader),
            "M" => Map(ref reader),
            _ => throw new FormatException($"'{type}' is not a DynamoDB type."),
        };
        reader.Read();
        Expect(reader.TokenType == JsonTokenType.EndObject, ref reader, "exactly one type");
        return value;
    }

    /// <summary>Reads an attribute map such as <c>{"id":{"S":"a"}}</c>.</summary>
    /// <param name="reader">At the map's opening brace; left at its closing one.</param>
    /// <exception cref="FormatException">It is JSON, but not DynamoDB JSON, or holds a name twice.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static OrderedDictionary Map(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, ref reader, "a map");
        var map = new OrderedDictionary(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonText.Read(ref reader);
            Expect(!map.Contains(name), ref reader, "every name once");
            reader.Read();
            map.Add(name, Read(ref reader));
        }

        return map;
    }

    private static List<object?> List(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, ref reader, "a list");
        var list = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(Read(ref reader));
        }

        return list;
    }

    private static HashSet<string> Texts(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, ref reader, "a set");
        var set = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            set.Add(Text(ref reader));
        }

        return set;
    }

    private static HashSet<NumberText> Numbers(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, ref reader, "a set");
        var set = new HashSet<NumberText>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            set.Add(Number(ref reader));
        }

        return set;
    }

    private static HashSet<byte[]> Binaries(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, ref reader, "a set");
        var set = new HashSet<byte[]>(BinaryComparer.Instance);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            set.Add(Binary(ref reader));
        }

        return set;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.String, ref reader, "text");
        return JsonText.Read(ref reader);
    }

    private static NumberText Number(ref Utf8JsonReader reader) => NumberText.Parse(Text(ref reader));

    private static byte[] Binary(ref Utf8JsonReader reader) => Convert.FromBase64String(Text(ref reader));

    private static object Flag(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType is JsonTokenType.True or JsonTokenType.False, ref reader, "true or false");
        return reader.TokenType == JsonTokenType.True;
    }

    private static object? Null(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.True, ref reader, "true after NULL");
        return null;
    }

    private static void Expect(bool holds, ref Utf8JsonReader reader, string what)
    {
        if (!holds)
        {
            throw new FormatException(FormattableString.Invariant($"Not DynamoDB JSON: expected {what} near byte {reader.TokenStartIndex}."));
        }
    }
}
