using System;

namespace DynamoBatch.Core.Items;

/// <summary>Reads number text and writes its one canonical spelling, the one that DynamoDB gives back: plain decimal notation.</summary>
internal static class NumberSyntax
{
    /// <summary>Significant digits that DynamoDB keeps (developer guide, naming rules and data types).</summary>
    internal const int MaxDigits = 38;

    /// <summary>A sign, "0.", 129 zeros and 38 digits are the longest spelling.</summary>
    internal const int MaxLength = 192;

    private const int SmallestExponent = -130;
    private const int LargestExponent = 125;

    /// <summary>Writes the canonical spelling.</summary>
    /// <param name="text">Number text as Java's BigDecimal, and so DynamoDB, takes it: <c>1</c>, <c>-1.50</c>, <c>+.5e3</c>, <c>007</c>.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="length">How many of them were written.</param>
    /// <param name="digits">Significant digits, which the size is counted by; 0 for zero.</param>
    internal static NumberStatus Canonicalize(ReadOnlySpan<char> text, Span<byte> destination, out int length, out int digits)
    {
        length = 0;
        digits = 0;
        Span<byte> kept = stackalloc byte[MaxDigits];
        var i = 0;
        var negative = false;
        if (text.Length > 0 && text[0] is '-' or '+')
        {
            negative = text[0] == '-';
            i = 1;
        }

        // The value is 0.kept x 10^point. Zeros wait until a later digit makes them significant.
        long point = 0;
        long zeros = 0;
        bool anyDigit = false, fraction = false, tooPrecise = false;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '.' && !fraction)
            {
                fraction = true;
                continue;
            }

            if (c is < '0' or > '9')
            {
                break;
            }

            anyDigit = true;
            if (c == '0' && digits == 0)
            {
                point -= fraction ? 1 : 0;
                continue;
            }

            point += fraction ? 0 : 1;
            if (c == '0')
            {
                zeros++;
                continue;
            }

            if (digits + zeros >= MaxDigits)
            {
                tooPrecise = true;
                continue;
            }

            for (; zeros > 0; zeros--)
            {
                kept[digits++] = (byte)'0';
            }

            kept[digits++] = (byte)c;
        }

        if (!anyDigit || !TryReadExponent(text, i, out var exponent))
        {
            return NumberStatus.NotANumber;
        }

        if (digits == 0)
        {
            destination[length++] = (byte)'0';
            return NumberStatus.Valid;
        }

        point += exponent;
        if (point - 1 is < SmallestExponent or > LargestExponent)
        {
            return NumberStatus.OutOfRange;
        }

        if (tooPrecise)
        {
            return NumberStatus.TooPrecise;
        }

        length = Spell(kept.Slice(0, digits), (int)point, negative, destination);
        return NumberStatus.Valid;
    }

    /// <summary>Whether a text is a number in JSON's own grammar, which knows no <c>007</c> and no <c>+1</c>.</summary>
    internal static bool IsJsonNumber(ReadOnlySpan<char> text)
    {
        var i = 0;
        if (i < text.Length && text[i] == '-')
        {
            i++;
        }

        var start = i;
        i = SkipDigits(text, i);
        if (i == start || (text[start] == '0' && i > start + 1))
        {
            return false;
        }

        if (i < text.Length && text[i] == '.')
        {
            start = ++i;
            i = SkipDigits(text, i);
            if (i == start)
            {
                return false;
            }
        }

        return TryReadExponent(text, i, out _);
    }

    private static int SkipDigits(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length && text[i] is >= '0' and <= '9')
        {
            i++;
        }

        return i;
    }

    private static bool TryReadExponent(ReadOnlySpan<char> text, int i, out long exponent)
    {
        exponent = 0;
        if (i == text.Length)
        {
            return true;
        }

        if (text[i] is not ('e' or 'E'))
        {
            return false;
        }

        i++;
        var negative = false;
        if (i < text.Length && text[i] is '-' or '+')
        {
            negative = text[i] == '-';
            i++;
        }

        if (i == text.Length)
        {
            return false;
        }

        for (; i < text.Length; i++)
        {
            if (text[i] is < '0' or > '9')
            {
                return false;
            }

            // Far out of range is far enough: no overflow, whatever stands there.
            exponent = Math.Min((exponent * 10) + (text[i] - '0'), int.MaxValue);
        }

        exponent = negative ? -exponent : exponent;
        return true;
    }

    private static int Spell(ReadOnlySpan<byte> kept, int point, bool negative, Span<byte> destination)
    {
        var length = 0;
        if (negative)
        {
            destination[length++] = (byte)'-';
        }

        if (point <= 0)
        {
            destination[length++] = (byte)'0';
            destination[length++] = (byte)'.';
            destination.Slice(length, -point).Fill((byte)'0');
            length -= point;
            kept.CopyTo(destination.Slice(length));
            return length + kept.Length;
        }

        var whole = Math.Min(point, kept.Length);
        kept.Slice(0, whole).CopyTo(destination.Slice(length));
        length += whole;
        if (point >= kept.Length)
        {
            destination.Slice(length, point - whole).Fill((byte)'0');
            return length + point - whole;
        }

        destination[length++] = (byte)'.';
        kept.Slice(whole).CopyTo(destination.Slice(length));
        return length + kept.Length - whole;
    }
}
