using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace DynamoBatch.Core.Items;

/// <summary>Writes plain JSON text as a DynamoDB value. Numbers keep their exact text; what would be lost or changed is refused.</summary>
internal sealed class JsonTextWriter
{
    private static readonly UTF8Encoding Strict = new(false, true);

    private readonly EncoderState _state;

    internal JsonTextWriter(EncoderState state) => _state = state;

    /// <summary>Writes a JSON object (as M) or array (as L). Writes nothing if the text is not exactly that, or has no exact DynamoDB form.</summary>
    [MethodImpl(Jit.Hot)]
    internal bool TryWrite(string text, AttributeType root)
    {
        var length = _state.Json.Length;
        var (total, slack) = (_state.Size.Total, _state.Size.Slack);
        try
        {
            var reader = new Utf8JsonReader(Strict.GetBytes(text));
            reader.Read();
            if (reader.TokenType == (root == AttributeType.M ? JsonTokenType.StartObject : JsonTokenType.StartArray) &&
                TryWriteValue(ref reader) && !reader.Read())
            {
                return true;
            }
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or EncoderFallbackException)
        {
            // Not JSON, or text that is half of a surrogate pair.
        }

        _state.Json.Truncate(length);
        _state.Size.Reset(total, slack);
        return false;
    }

    [MethodImpl(Jit.Hot)]
    private bool TryWriteValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return TryWriteMap(ref reader);
            case JsonTokenType.StartArray:
                return TryWriteList(ref reader);
            case JsonTokenType.String:
                _state.Text(reader.GetString()!);
                return true;
            case JsonTokenType.Number:
                if (_state.Number.Read(Encoding.ASCII.GetString(reader.ValueSpan.ToArray()).AsSpan()) != NumberStatus.Valid)
                {
                    return false;
                }

                _state.WriteNumber();
                return true;
            case JsonTokenType.Null:
                _state.Null();
                return true;
            default:
                _state.Boolean(reader.TokenType == JsonTokenType.True);
                return true;
        }
    }

    [MethodImpl(Jit.Hot)]
    private bool TryWriteMap(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth >= ItemLimits.NestingLevels)
        {
            return false;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        _state.Json.Raw("{\"M\":{"u8);
        _state.Size.AddContainer();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            if (!names.Add(name))
            {
                return false; // Two of a name: one would be lost.
            }

            _state.Json.Raw(names.Count > 1 ? ","u8 : default);
            _state.Size.AddElement();
            _state.Name(name);
            reader.Read();
            if (!TryWriteValue(ref reader))
            {
                return false;
            }
        }

        _state.Json.Raw("}}"u8);
        return true;
    }

    [MethodImpl(Jit.Hot)]
    private bool TryWriteList(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth >= ItemLimits.NestingLevels)
        {
            return false;
        }

        var first = true;
        _state.Json.Raw("{\"L\":["u8);
        _state.Size.AddContainer();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            _state.Json.Raw(first ? default : ","u8);
            _state.Size.AddElement();
            first = false;
            if (!TryWriteValue(ref reader))
            {
                return false;
            }
        }

        _state.Json.Raw("]}"u8);
        return true;
    }
}
