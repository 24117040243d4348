using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
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

    private readonly ByOrder _order;
    private byte[] _bytes = new byte[4096];
    private byte[] _spare = new byte[4096];
    private (int Start, int End)[] _parts = new (int, int)[64];
    private int _partCount;

    public CanonicalWriter() => _order = new ByOrder(this);

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    internal byte[] Buffer => _bytes;

    internal int Length { get; private set; }

    public void Reset()
    {
        Length = 0;
        _partCount = 0;
    }

    /// <summary>Writes a member of a map.</summary>
    /// <param name="reader">At its name; left at the end of its value.</param>
    [MethodImpl(Jit.Hot)]
    public void Member(ref Utf8JsonReader reader)
    {
        int start = Length;
        Byte(More);
        Text(ref reader);
        AnswerJson.ToValue(ref reader, JsonTokenType.StartObject);
        Value(ref reader);
        AddPart(start);
    }

    /// <summary>Brings the parts since one of them into their order, and ends them.</summary>
    /// <param name="first">The number of the first of them.</param>
    [MethodImpl(Jit.Hot)]
    public void Arrange(int first = 0)
    {
        int count = _partCount - first;
        _partCount = first;
        if (!IsInOrder(first, count))
        {
            int start = _parts[first].Start;
            int length = Length - start;
            _spare = _spare.Length < length ? new byte[length * 2] : _spare;
            _bytes.AsSpan(start, length).CopyTo(_spare);
            Array.Sort(_parts, first, count, _order);
            int to = start;
            foreach ((int from, int end) in _parts.AsSpan(first, count))
            {
                _spare.AsSpan(from - start, end - from).CopyTo(_bytes.AsSpan(to));
                to += end - from;
            }
        }

        Byte(End);
    }

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
                Byte(reader.TokenType is JsonTokenType.True ? More : End);
                break;
        }

        AnswerJson.Expect(!AnswerJson.NextMember(ref reader));
    }

    private void Map(ref Utf8JsonReader reader)
    {
        int first = _partCount;
        while (AnswerJson.NextMember(ref reader))
        {
            Member(ref reader);
        }

        Arrange(first);
    }

    private void List(ref Utf8JsonReader reader)
    {
        while (AnswerJson.NextElement(ref reader))
        {
            Byte(More);
            Value(ref reader);
        }

        Byte(End);
    }

    private void Set(ref Utf8JsonReader reader, bool isNumber)
    {
        int first = _partCount;
        while (AnswerJson.NextElement(ref reader))
        {
            AnswerJson.Expect(reader.TokenType is JsonTokenType.String);
            int start = Length;
            Byte(More);
            if (isNumber)
            {
                Number(ref reader);
            }
            else
            {
                Text(ref reader);
            }

            AddPart(start);
        }

        Arrange(first);
    }

    [MethodImpl(Jit.Hot)]
    private void Text(ref Utf8JsonReader reader)
    {
        int most = reader.ValueSpan.Length;
        Reserve(most + 4);
        int count = most;
        if (reader.ValueIsEscaped)
        {
            count = reader.CopyString(_bytes.AsSpan(Length + 4));
        }
        else
        {
            reader.ValueSpan.CopyTo(_bytes.AsSpan(Length + 4));
        }

        Finish(count);
    }

    private void Number(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> text = reader.ValueSpan;
        if (reader.ValueIsEscaped || text.Length > NumberSyntax.MaxLength)
        {
            Text(ref reader);
            return;
        }

        Reserve(NumberSyntax.MaxLength + 4);
        Span<char> chars = stackalloc char[NumberSyntax.MaxLength];
        for (int i = 0; i < text.Length; i++)
        {
            chars[i] = (char)text[i];
        }

        if (NumberSyntax.Canonicalize(chars.Slice(0, text.Length), _bytes.AsSpan(Length + 4), out int count, out _) is NumberStatus.Valid)
        {
            Finish(count);
        }
        else
        {
            Text(ref reader);
        }
    }

    private void Finish(int count)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(Length), count);
        Length += count + 4;
    }

    private void Byte(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    private void Reserve(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Length + count, _bytes.Length * 2));
        }
    }

    private void AddPart(int start)
    {
        if (_partCount == _parts.Length)
        {
            Array.Resize(ref _parts, _partCount * 2);
        }

        _parts[_partCount++] = (start, Length);
    }

    private bool IsInOrder(int first, int count)
    {
        for (int i = first + 1; i < first + count; i++)
        {
            if (_order.Compare(_parts[i - 1], _parts[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private sealed class ByOrder : IComparer<(int Start, int End)>
    {
        private readonly CanonicalWriter _writer;

        public ByOrder(CanonicalWriter writer) => _writer = writer;

        public int Compare((int Start, int End) x, (int Start, int End) y) =>
            _writer._bytes.AsSpan(x.Start, x.End - x.Start).SequenceCompareTo(_writer._bytes.AsSpan(y.Start, y.End - y.Start));
    }
}
