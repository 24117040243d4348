using System;
using System.Collections;
using System.Collections.Generic;

namespace DynamoBatch.Core.Items;

/// <summary>Writes sets. DynamoDB refuses an empty one, one of mixed types, and one that holds an element twice.</summary>
internal sealed class SetWriter
{
    private readonly EncoderState _state;
    private readonly IValueAdapter _adapter;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    internal SetWriter(EncoderState state, IValueAdapter adapter)
    {
        _state = state;
        _adapter = adapter;
    }

    /// <summary>Writes a set whose type its elements tell.</summary>
    internal AttributeType Write(IEnumerable elements) => Write(elements, null);

    /// <summary>Writes a set.</summary>
    /// <param name="elements">Its elements; those that are equal once encoded (1 and 1.0) are written once.</param>
    /// <param name="wanted">The type that it must have; elements that are text are converted to it. Null: as the elements are.</param>
    internal AttributeType Write(IEnumerable elements, AttributeType? wanted)
    {
        _seen.Clear();
        var type = wanted;
        var index = 0;
        var start = _state.Json.Length;
        foreach (var element in elements)
        {
            var value = _adapter.Unwrap(element);
            var (text, own) = Spell(value, wanted);
            if (own == null || (type ??= own) != own)
            {
                _state.Path.Enter();
                _state.Path.MoveTo(index);
                throw _state.NotSupported(own == null
                    ? "cannot be an element of a set: sets hold text, numbers or binaries. Store a list (an array) instead."
                    : "is of another type than the elements before it: a set has one type. Store a list (an array) instead.");
            }

            index++;
            if (!_seen.Add(text))
            {
                continue;
            }

            _state.Json.Raw(_seen.Count > 1 ? ",\""u8 : type switch
            {
                AttributeType.SS => "{\"SS\":[\""u8,
                AttributeType.NS => "{\"NS\":[\""u8,
                _ => "{\"BS\":[\""u8,
            });
            WriteElement(type.Value, text);
            _state.Json.Raw("\""u8);
        }

        if (_state.Json.Length == start)
        {
            throw _state.NotSupported("is an empty set, which DynamoDB does not store. Leave the attribute out, or store an empty list.");
        }

        _state.Json.Raw("]}"u8);
        return type!.Value;
    }

    private void WriteElement(AttributeType type, string text)
    {
        if (type == AttributeType.SS)
        {
            _state.RawText(text);
            return;
        }

        if (type == AttributeType.BS)
        {
            _state.RawBinary(Convert.FromBase64String(text));
            return;
        }

        _state.Number.Read(text.AsSpan());
        _state.Json.Raw(_state.Number.Spelling);
        _state.Size.AddNumber(_state.Number.Digits, _state.Number.IsNegative);
        _state.CheckSize();
    }

    private (string Text, AttributeType? Type) Spell(object? value, AttributeType? wanted)
    {
        if (value == null)
        {
            return ("", null);
        }

        var text = wanted == AttributeType.SS ? ScalarText.Of(value) ?? ScalarText.OfNumber(value) : ScalarText.Of(value);
        if (text != null && wanted is null or AttributeType.SS)
        {
            return (text, AttributeType.SS);
        }

        if (text == null && _state.Number.TryTake(value, out var status))
        {
            return status == NumberStatus.Valid ? (_state.Number.ToString(), AttributeType.NS) : throw _state.BadNumber(status);
        }

        if (text == null)
        {
            return ScalarBinary.TryGet(value, out var bytes) ? (Convert.ToBase64String(bytes.ToArray()), AttributeType.BS) : ("", null);
        }

        if (wanted == AttributeType.NS)
        {
            status = _state.Number.Read(text.AsSpan());
            return status == NumberStatus.Valid
                ? (_state.Number.ToString(), AttributeType.NS)
                : throw _state.NotSupported("should be a set of numbers (NS), but holds text that is no number within DynamoDB's limits. Correct it, or take type SS.");
        }

        return ScalarBinary.TryParse(text, out var binary)
            ? (Convert.ToBase64String(binary), AttributeType.BS)
            : throw _state.NotSupported("should be a set of binaries (BS), but holds text that is not base64. Correct it, or take type SS.");
    }
}
