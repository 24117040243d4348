using System;
using System.Collections;

namespace DynamoBatch.Core.Items;

/// <summary>Writes attributes whose type the user declared with <c>-AttributeType</c>.</summary>
internal sealed class DeclaredTypeWriter
{
    private readonly EncoderState _state;
    private readonly ValueWriter _values;
    private readonly JsonTextWriter _json;

    internal DeclaredTypeWriter(EncoderState state, ValueWriter values, JsonTextWriter json)
    {
        _state = state;
        _values = values;
        _json = json;
    }

    /// <summary>Writes a text that is not empty as the declared type.</summary>
    internal void WriteText(string text, AttributeType type)
    {
        switch (type)
        {
            case AttributeType.S:
                _state.Text(text);
                return;
            case AttributeType.N:
                WriteNumber(text);
                return;
            case AttributeType.B when ScalarBinary.TryParse(text, out var bytes):
                _state.Binary(bytes);
                return;
            case AttributeType.BOOL when bool.TryParse(text, out var flag):
                _state.Boolean(flag);
                return;
            case AttributeType.NULL when string.Equals(text, "null", StringComparison.OrdinalIgnoreCase):
                _state.Null();
                return;
            case AttributeType.SS or AttributeType.NS or AttributeType.BS:
                _values.Sets.Write(text.Split(';'), type);
                return;
            case AttributeType.M or AttributeType.L when _json.TryWrite(text, type):
                return;
            case AttributeType.Epoch when EpochSeconds.TryParse(text, out var seconds):
                _state.WriteNumber(seconds);
                return;
            default:
                throw Misfit(type);
        }
    }

    /// <summary>Writes a value that is no text as the declared type; null stays null.</summary>
    internal void WriteValue(object? value, AttributeType type)
    {
        if (value is null or DBNull)
        {
            _state.Null();
        }
        else if (type == AttributeType.Epoch && EpochSeconds.TryGet(value, out var seconds))
        {
            _state.WriteNumber(seconds);
        }
        else if (type == AttributeType.S && ScalarText.OfNumber(value) is { } text)
        {
            _state.Text(text);
        }
        else if (type is AttributeType.SS or AttributeType.NS or AttributeType.BS && _values.TryGetElements(value, out var elements))
        {
            _values.Sets.Write(elements, type);
        }
        else
        {
            var written = _values.Write(value);
            if (written != (type == AttributeType.Epoch ? AttributeType.N : type) && written != AttributeType.NULL)
            {
                throw Misfit(type);
            }
        }
    }

    /// <summary>The error of an empty text that is kept, where the type has no empty form.</summary>
    internal ItemException Empty(AttributeType type) => _state.NotSupported(
        $"should be {Describe(type)}, but is empty. Leave empty attributes out with -EmptyString Omit, or store NULL with -EmptyString Null.");

    private void WriteNumber(string text)
    {
        var status = _state.Number.Read(text.AsSpan());
        if (status == NumberStatus.NotANumber)
        {
            throw Misfit(AttributeType.N);
        }

        if (status != NumberStatus.Valid)
        {
            throw _state.BadNumber(status);
        }

        _state.WriteNumber();
    }

    private ItemException Misfit(AttributeType type) => _state.NotSupported(
        $"is declared as {Describe(type)}, but its value is not. Correct the value, or declare another type.");

    private static string Describe(AttributeType type) => type switch
    {
        AttributeType.S => "text (S)",
        AttributeType.N => "a number (N)",
        AttributeType.B => "binary (B, base64 text)",
        AttributeType.BOOL => "true or false (BOOL)",
        AttributeType.NULL => "null (NULL)",
        AttributeType.SS => "a set of texts (SS, separated by ';')",
        AttributeType.NS => "a set of numbers (NS, separated by ';')",
        AttributeType.BS => "a set of binaries (BS, base64 separated by ';')",
        AttributeType.M => "a map (M, a JSON object with names and numbers that DynamoDB can keep)",
        AttributeType.L => "a list (L, a JSON array with values that DynamoDB can keep)",
        _ => "a date (Epoch, ISO 8601 text)",
    };
}
