using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;
using DynamoBatch.Output;

namespace DynamoBatch.Conversion;

/// <summary>Makes objects of the scalars and sets of an item. The reader is at the value inside the type's braces.</summary>
internal static class ItemValues
{
    internal static HashSet<string> Texts(ref Utf8JsonReader reader)
    {
        var set = new HashSet<string>(StringComparer.Ordinal);
        while (NextElement(ref reader))
        {
            set.Add(Text(ref reader));
        }

        return set;
    }

    internal static HashSet<byte[]> Binaries(ref Utf8JsonReader reader)
    {
        var set = new HashSet<byte[]>(BinaryComparer.Instance);
        while (NextElement(ref reader))
        {
            set.Add(Binary(ref reader));
        }

        return set;
    }

    internal static object Numbers(ref Utf8JsonReader reader)
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
    internal static string Text(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.String, ref reader, "text");
        return JsonText.Read(ref reader);
    }

    [MethodImpl(Jit.Hot)]
    internal static object PlainNumber(ref Utf8JsonReader reader)
    {
        var number = Number(ref reader);
        return number is NumberText text ? new DdbNumber(text.Text) : number;
    }

    [MethodImpl(Jit.Hot)]
    private static object Number(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.String, ref reader, "a number as text");
        return reader.HasValueSequence || reader.ValueIsEscaped
            ? ClrNumber.Read(Encoding.UTF8.GetBytes(JsonText.Read(ref reader)))
            : ClrNumber.Read(reader.ValueSpan);
    }

    internal static byte[] Binary(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.String, ref reader, "base64 text");
        return reader.TryGetBytesFromBase64(out var bytes) ? bytes : throw new FormatException("Not DynamoDB JSON: a binary is not base64 text.");
    }

    [MethodImpl(Jit.Hot)]
    internal static void Expect(bool holds, ref Utf8JsonReader reader, string what)
    {
        if (!holds)
        {
            throw new FormatException(FormattableString.Invariant($"Not DynamoDB JSON: expected {what} near byte {reader.TokenStartIndex}."));
        }
    }
}
