using System;
using System.Collections.Generic;
using System.Text.Json;

namespace DynamoBatch.LocalAws.Http;

/// <summary>Cuts JSON into its parts without copying or re-encoding them: what is forwarded is what the client sent.</summary>
internal static class JsonSlices
{
    /// <summary>The members of an object. Empty when the text is no object.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static List<JsonMember> Members(ReadOnlyMemory<byte> json)
    {
        var members = new List<JsonMember>();
        var reader = new Utf8JsonReader(json.Span);
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return members;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var nameStart = (int)reader.TokenStartIndex;
            var name = reader.GetString()!;
            reader.Read();
            var valueStart = (int)reader.TokenStartIndex;
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            members.Add(new JsonMember(name, json[nameStart..end], json[valueStart..end]));
        }

        return members;
    }

    /// <summary>The elements of an array. Empty when the text is no array.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static List<ReadOnlyMemory<byte>> Elements(ReadOnlyMemory<byte> json)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(json.Span);
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return elements;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(json[start..(int)reader.BytesConsumed]);
        }

        return elements;
    }

    /// <summary>The value of one member, or null. What comes behind it is not read.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static ReadOnlyMemory<byte>? Find(ReadOnlyMemory<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json.Span);
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (found)
            {
                return json[start..(int)reader.BytesConsumed];
            }
        }

        return null;
    }

    /// <summary>The text of a JSON string, or null when it is none.</summary>
    public static string? Text(ReadOnlyMemory<byte>? json)
    {
        if (json is not { } value)
        {
            return null;
        }

        var reader = new Utf8JsonReader(value.Span);
        return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }
}
