using System;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Comparing;

/// <summary>
/// Writes values in one form for all spellings of them: text without escapes, numbers as DynamoDB gives them back, maps and sets
/// in one order. The form is not JSON; texts bear their lengths, so different values never look alike.
/// </summary>
internal sealed class CanonicalWriter
{
    private const byte More = 1;
    private const byte End = 0;

    private readonly CanonicalBuffer _out = new();

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _out.Written;

    public void Reset() => _out.Reset();

    /// <summary>Writes a member of a map.</summary>
    /// <param name="reader">At its name; left at the end of its value.</param>
    [MethodImpl(Jit.Hot)]
    public void Member(ref Utf8JsonReader reader)
    {
        int start = _out.Length;
        _out.AddByte(More);
        Text(ref reader);
        AnswerJson.ToValue(ref reader, JsonTokenType.StartObject);
        Value(ref reader);
        _out.AddPart(start);
    }

    /// <summary>Ends the members of the item.</summary>
    public void Finish() => _out.Arrange(0, End);

    [MethodImpl(Jit.Hot)]
    private void Value(ref Utf8JsonReader reader)
    {
        AnswerJson.Expect(AnswerJson.NextMember(ref reader));
        bool isNumber = reader.ValueTextEquals("N"u8) || reader.ValueTextEquals("NS"u8);
        bool isList = reader.ValueTextEquals("L"u8);
        Text(ref reader);
        AnswerJson.ToValue(ref reader);
        switch (reader.TokenType)
        {
            case JsonTokenType.String when isNumber:
                Number(ref reader);
                break;
            case JsonTokenType.String:
                Text(ref reader);
                break;
            case JsonTokenType.StartObject:
                Map(ref reader);
                break;
            case JsonTokenType.StartArray when isList:
                List(ref reader);
                break;
            case JsonTokenType.StartArray:
                Set(ref reader, isNumber);
                break;
            default:
                _out.AddByte(reader.TokenType is JsonTokenType.True ? More : End);
                break;
        }

        AnswerJson.Expect(!AnswerJson.NextMember(ref reader));
    }

    private void Map(ref Utf8JsonReader reader)
    {
        int first = _out.Parts;
        while (AnswerJson.NextMember(ref reader))
        {
            Member(ref reader);
        }

        _out.Arrange(first, End);
    }

    private void List(ref Utf8JsonReader reader)
    {
        while (AnswerJson.NextElement(ref reader))
        {
            _out.AddByte(More);
            Value(ref reader);
        }

        _out.AddByte(End);
    }

    private void Set(ref Utf8JsonReader reader, bool isNumber)
    {
        int first = _out.Parts;
        while (AnswerJson.NextElement(ref reader))
        {
            AnswerJson.Expect(reader.TokenType is JsonTokenType.String);
            int start = _out.Length;
            _out.AddByte(More);
            if (isNumber)
            {
                Number(ref reader);
            }
            else
            {
                Text(ref reader);
            }

            _out.AddPart(start);
        }

        _out.Arrange(first, End);
    }

    [MethodImpl(Jit.Hot)]
    private void Text(ref Utf8JsonReader reader)
    {
        int count = reader.ValueSpan.Length;
        Span<byte> room = _out.RoomForText(count);
        if (reader.ValueIsEscaped)
        {
            count = reader.CopyString(room);
        }
        else
        {
            reader.ValueSpan.CopyTo(room);
        }

        _out.AddText(count);
    }

    private void Number(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> text = reader.ValueSpan;
        if (reader.ValueIsEscaped || text.Length > NumberSyntax.MaxLength)
        {
            Text(ref reader);
            return;
        }

        Span<char> chars = stackalloc char[NumberSyntax.MaxLength];
        for (int i = 0; i < text.Length; i++)
        {
            chars[i] = (char)text[i];
        }

        if (NumberSyntax.Canonicalize(chars.Slice(0, text.Length), _out.RoomForText(NumberSyntax.MaxLength), out int count, out _) is NumberStatus.Valid)
        {
            _out.AddText(count);
        }
        else
        {
            Text(ref reader);
        }
    }
}
