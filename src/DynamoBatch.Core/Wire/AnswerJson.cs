using System;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DynamoBatch.Core.Wire;

/// <summary>Walks the JSON of an answer. What is not as it must be is a <see cref="JsonException"/>: no answer is taken for a good one by half.</summary>
internal static class AnswerJson
{
    /// <summary>DynamoDB nests 32 levels, each two of JSON, and an answer adds a few of its own.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 128 };

    /// <summary>Reads the opening brace of an answer.</summary>
    [MethodImpl(Jit.Hot)]
    public static Utf8JsonReader Open(ReadOnlySpan<byte> answer)
    {
        var reader = new Utf8JsonReader(answer, Options);
        Expect(reader.Read() && reader.TokenType is JsonTokenType.StartObject);
        return reader;
    }

    /// <summary>Goes to the next member of an object: afterwards at its name. False at the object's end.</summary>
    [MethodImpl(Jit.Hot)]
    public static bool NextMember(ref Utf8JsonReader reader)
    {
        Expect(reader.Read() && reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndObject);
        return reader.TokenType is JsonTokenType.PropertyName;
    }

    /// <summary>Goes from a name to its value.</summary>
    [MethodImpl(Jit.Hot)]
    public static void ToValue(ref Utf8JsonReader reader) => Expect(reader.Read());

    /// <summary>Goes from a name to its value, an object or an array.</summary>
    [MethodImpl(Jit.Hot)]
    public static void ToValue(ref Utf8JsonReader reader, JsonTokenType opening)
    {
        ToValue(ref reader);
        Expect(reader.TokenType == opening);
    }

    /// <summary>Goes to the next element of an array. False at its end.</summary>
    [MethodImpl(Jit.Hot)]
    public static bool NextElement(ref Utf8JsonReader reader)
    {
        ToValue(ref reader);
        return reader.TokenType is not JsonTokenType.EndArray;
    }

    /// <summary>Goes from a name past its value.</summary>
    [MethodImpl(Jit.Hot)]
    public static void Pass(ref Utf8JsonReader reader)
    {
        ToValue(ref reader);
        reader.Skip();
    }

    /// <summary>From a value's first token to its last: which bytes of the answer it is.</summary>
    [MethodImpl(Jit.Hot)]
    public static ReadOnlyMemory<byte> TakeValue(ref Utf8JsonReader reader, ReadOnlyMemory<byte> answer)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return answer.Slice(start, (int)reader.BytesConsumed - start);
    }

    /// <summary>Throws where an answer is not as it must be.</summary>
    [MethodImpl(Jit.Hot)]
    public static void Expect(bool met)
    {
        if (!met)
        {
            throw new JsonException("It is not what DynamoDB answers.");
        }
    }
}
