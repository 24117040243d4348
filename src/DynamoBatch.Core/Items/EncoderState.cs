using System.Runtime.CompilerServices;
using System;

namespace DynamoBatch.Core.Items;

/// <summary>
/// What the parts of an encoder share: the JSON, its size and where they are. Every writer of a scalar is here, so the JSON and
/// the size cannot disagree.
/// </summary>
internal sealed class EncoderState
{
    internal JsonBuffer Json { get; } = new();

    internal ItemSize Size { get; } = new();

    internal ValuePath Path { get; } = new();

    internal NumberScratch Number { get; } = new();

    /// <summary>Writes <c>{"S":"..."}</c>.</summary>
    [MethodImpl(Jit.Hot)]
    internal void Text(string text)
    {
        Json.Raw("{\"S\":\""u8);
        RawText(text);
        Json.Raw("\"}"u8);
    }

    /// <summary>Writes escaped text without quotes and counts it.</summary>
    [MethodImpl(Jit.Hot)]
    internal void RawText(string text)
    {
        Size.AddBytes(Transcode(text));
        CheckSize();
    }

    /// <summary>Writes a name and its colon, and counts it.</summary>
    [MethodImpl(Jit.Hot)]
    internal void Name(string name)
    {
        Json.Raw("\""u8);
        Size.AddBytes(Transcode(name));
        Json.Raw("\":"u8);
    }

    /// <summary>Writes <c>{"N":"..."}</c> with the number just taken.</summary>
    [MethodImpl(Jit.Hot)]
    internal void WriteNumber()
    {
        Json.Raw("{\"N\":\""u8);
        Json.Raw(Number.Spelling);
        Json.Raw("\"}"u8);
        Size.AddNumber(Number.Digits, Number.IsNegative);
        CheckSize();
    }

    /// <summary>Writes <c>{"N":"..."}</c>.</summary>
    [MethodImpl(Jit.Hot)]
    internal void WriteNumber(long number)
    {
        Number.TryTake(number, out _);
        WriteNumber();
    }

    /// <summary>Writes <c>{"B":"..."}</c>.</summary>
    [MethodImpl(Jit.Hot)]
    internal void Binary(ReadOnlySpan<byte> bytes)
    {
        Json.Raw("{\"B\":\""u8);
        RawBinary(bytes);
        Json.Raw("\"}"u8);
    }

    /// <summary>Writes base64 without quotes and counts the bytes.</summary>
    [MethodImpl(Jit.Hot)]
    internal void RawBinary(ReadOnlySpan<byte> bytes)
    {
        CheckSize(bytes.Length);
        Json.Base64(bytes);
        Size.AddBytes(bytes.Length);
    }

    [MethodImpl(Jit.Hot)]
    internal void Boolean(bool value)
    {
        Json.Raw(value ? "{\"BOOL\":true}"u8 : "{\"BOOL\":false}"u8);
        Size.AddFlag();
        CheckSize();
    }

    [MethodImpl(Jit.Hot)]
    internal void Null()
    {
        Json.Raw("{\"NULL\":true}"u8);
        Size.AddFlag();
        CheckSize();
    }

    /// <summary>Throws if the item is too large for certain, before more of it is written than can ever be sent.</summary>
    [MethodImpl(Jit.Hot)]
    internal void CheckSize(int more = 0)
    {
        if (Size.WouldExceed(more))
        {
            var least = (long)Size.LowerBound + more;
            var path = Path.ToString();
            throw new ItemException(FailureKind.ItemTooLarge, $"is over {ItemLimits.Describe(least)} (counted up to '{path}'). {ItemLimits.Remedy}", path);
        }
    }

    /// <summary>An error about the value at the present path.</summary>
    /// <param name="problem">What is wrong and what to do, continuing "attribute 'x' ".</param>
    internal ItemException NotSupported(string problem) => Fault(FailureKind.ValueNotSupported, problem);

    /// <inheritdoc cref="NotSupported"/>
    [MethodImpl(Jit.Hot)]
    internal ItemException Fault(FailureKind kind, string problem)
    {
        var path = Path.ToString();
        return new ItemException(kind, $"attribute '{path}' {problem}", path);
    }

    /// <summary>An error about a number at the present path.</summary>
    internal ItemException BadNumber(NumberStatus status) => NotSupported(ItemLimits.Describe(status));

    [MethodImpl(Jit.Hot)]
    private int Transcode(string text)
    {
        CheckSize(text.Length); // UTF-8 is never shorter than UTF-16 is long.
        var bytes = Json.Text(text.AsSpan());
        return bytes >= 0
            ? bytes
            : throw NotSupported("holds half of a surrogate pair, which is not text and has no UTF-8 form. Correct the text, or store it as binary.");
    }
}
