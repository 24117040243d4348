using System;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Items;

/// <summary>Reads a DynamoDB number as the plainest .NET type that holds it exactly.</summary>
internal static class ClrNumber
{
    // What has more digits or decimals may be rounded by System.Decimal, and is tried.
    private const int CertainDecimalLength = 28;

    /// <summary>Reads number text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>Int64 if the number is whole and fits, else Decimal if that is exact, else <see cref="NumberText"/>.</returns>
    /// <exception cref="FormatException">The text is no number that DynamoDB stores exactly; the message says why.</exception>
    [MethodImpl(Jit.Hot)]
    internal static object Read(ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out long whole, out var consumed) && consumed == text.Length)
        {
            return whole;
        }

        // One spelling first: 1E3 and 1000.0 are whole.
        Span<char> given = text.Length <= NumberSyntax.MaxLength ? stackalloc char[NumberSyntax.MaxLength] : new char[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            given[i] = (char)text[i];
        }

        Span<byte> spelled = stackalloc byte[NumberSyntax.MaxLength];
        var status = NumberSyntax.Canonicalize(given.Slice(0, text.Length), spelled, out var length, out _);
        if (status != NumberStatus.Valid)
        {
            return NumberText.Parse(given.Slice(0, text.Length).ToString()); // Throws, and words it.
        }

        ReadOnlySpan<byte> number = spelled.Slice(0, length);
        if (Utf8Parser.TryParse(number, out whole, out consumed) && consumed == length)
        {
            return whole;
        }

        if (length <= CertainDecimalLength && Utf8Parser.TryParse(number, out decimal exact, out consumed) && consumed == length)
        {
            return exact;
        }

        var rest = NumberText.Parse(given.Slice(0, text.Length).ToString());
        return decimal.TryParse(rest.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out exact) &&
            NumberText.TryParse(exact.ToString(CultureInfo.InvariantCulture), out var back) == NumberStatus.Valid && back == rest
            ? exact
            : rest;
    }
}
