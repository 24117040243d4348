using System;
using System.Text;

namespace DynamoBatch.Core.Items;

/// <summary>
/// A DynamoDB number, exactly: up to 38 significant digits, magnitude 1E-130 to 9.99E+125. Held in the canonical spelling
/// (plain decimal notation, no exponent, no needless zeros), so numbers that are equal are spelled alike.
/// </summary>
public readonly struct NumberText : IEquatable<NumberText>, IComparable<NumberText>, IComparable
{
    private readonly string? _text;

    private NumberText(string text) => _text = text;

    /// <summary>The canonical spelling, such as <c>-12.5</c>; <c>0</c> for the default value.</summary>
    public string Text => _text ?? "0";

    /// <summary>Whether it is below zero.</summary>
    public bool IsNegative => Text[0] == '-';

    /// <summary>Whether two numbers are equal.</summary>
    public static bool operator ==(NumberText left, NumberText right) => left.Equals(right);

    /// <summary>Whether two numbers differ.</summary>
    public static bool operator !=(NumberText left, NumberText right) => !left.Equals(right);

    /// <summary>Whether the left number is smaller.</summary>
    public static bool operator <(NumberText left, NumberText right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left number is larger.</summary>
    public static bool operator >(NumberText left, NumberText right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left number is not larger.</summary>
    public static bool operator <=(NumberText left, NumberText right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left number is not smaller.</summary>
    public static bool operator >=(NumberText left, NumberText right) => left.CompareTo(right) >= 0;

    /// <summary>Reads number text.</summary>
    /// <param name="text">Such as <c>1</c>, <c>-1.50</c> or <c>6.02e23</c>.</param>
    /// <exception cref="FormatException">The text is no number that DynamoDB stores exactly; the message says why.</exception>
    public static NumberText Parse(string text) => TryParse(text, out var number) switch
    {
        NumberStatus.Valid => number,
        NumberStatus.TooPrecise => throw new FormatException("The number has more than 38 significant digits, DynamoDB's limit."),
        NumberStatus.OutOfRange => throw new FormatException("The number's magnitude is outside 1E-130 to 9.99E+125, DynamoDB's limits."),
        _ => throw new FormatException("The text is not a number."),
    };

    /// <summary>Reads number text without throwing.</summary>
    /// <param name="text">The text; surrounding blanks are not allowed.</param>
    /// <param name="number">The number, if the answer is <see cref="NumberStatus.Valid"/>.</param>
    public static NumberStatus TryParse(string? text, out NumberText number)
    {
        Span<byte> spelled = stackalloc byte[NumberSyntax.MaxLength];
        var status = NumberSyntax.Canonicalize(text.AsSpan(), spelled, out var length, out _);
        if (status != NumberStatus.Valid)
        {
            number = default;
            return status;
        }

#if NET8_0_OR_GREATER
        number = new NumberText(Encoding.ASCII.GetString(spelled.Slice(0, length)));
#else
        number = new NumberText(Encoding.ASCII.GetString(spelled.Slice(0, length).ToArray()));
#endif
        return status;
    }

    /// <inheritdoc/>
    public bool Equals(NumberText other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NumberText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <inheritdoc/>
    public int CompareTo(NumberText other)
    {
        if (IsNegative != other.IsNegative)
        {
            return IsNegative ? -1 : 1;
        }

        var order = CompareMagnitude(Text, other.Text);
        return IsNegative ? -order : order;
    }

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        NumberText other => CompareTo(other),
        _ => throw new ArgumentException("Not a NumberText.", nameof(obj)),
    };

    /// <inheritdoc/>
    public override string ToString() => Text;

    // Canonical spellings of one sign: the longer whole part is larger, then digit by digit.
    private static int CompareMagnitude(string left, string right)
    {
        var start = left[0] == '-' ? 1 : 0;
        var order = WholeLength(left).CompareTo(WholeLength(right));
        return order != 0
            ? order
            : Math.Sign(string.CompareOrdinal(left, start, right, start, Math.Max(left.Length, right.Length)));
    }

    private static int WholeLength(string text)
    {
        var point = text.IndexOf('.');
        return point < 0 ? text.Length : point;
    }
}
