using System;
using System.Globalization;
using System.Numerics;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Output;

/// <summary>
/// A DynamoDB number that neither Int64 nor Decimal holds exactly: up to 38 significant digits, magnitude 1E-130 to 9.99E+125.
/// Compares and equals like a number, and is written back exactly. PowerShell converts the right side of a comparison to the type
/// of the left, so put it on the left where the other side is a type too small for it.
/// </summary>
public readonly struct DdbNumber : IEquatable<DdbNumber>, IComparable<DdbNumber>, IComparable
{
    // The engine's type may not be in a field: PowerShell reflects this type before the engine can be found.
    private readonly string? _text;

    /// <summary>Reads number text.</summary>
    /// <param name="text">Such as <c>12345678901234567890123456789012345678</c> or <c>1.5E-120</c>.</param>
    /// <exception cref="FormatException">The text is no number that DynamoDB stores exactly; the message says why.</exception>
    public DdbNumber(string text) => _text = NumberText.Parse(text ?? throw new ArgumentNullException(nameof(text))).Text;

    /// <summary>Takes a whole number.</summary>
    /// <param name="number">Any.</param>
    public DdbNumber(long number) => _text = number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Takes a decimal, exactly.</summary>
    /// <param name="number">Any.</param>
    public DdbNumber(decimal number)
        : this(number.ToString(CultureInfo.InvariantCulture))
    {
    }

    /// <summary>Takes a floating-point number, by the shortest text that is read as the same number.</summary>
    /// <param name="number">Finite, of a magnitude that DynamoDB knows.</param>
    /// <exception cref="FormatException">DynamoDB has no such number.</exception>
    public DdbNumber(double number) => _text = Spell(number);

    /// <summary>Takes a whole number.</summary>
    /// <param name="number">Of 38 significant digits at most.</param>
    /// <exception cref="FormatException">DynamoDB has no such number.</exception>
    public DdbNumber(BigInteger number) => _text = Spell(number);

    /// <summary>The number in plain decimal notation, exactly: no exponent, no needless zeros, a point in every culture.</summary>
    public string Text => _text ?? "0";

    /// <summary>Takes a whole number.</summary>
    public static implicit operator DdbNumber(long number) => new(number);

    /// <summary>Takes a decimal, exactly.</summary>
    public static implicit operator DdbNumber(decimal number) => new(number);

    /// <summary>Takes a floating-point number, by the shortest text that is read as the same number.</summary>
    public static explicit operator DdbNumber(double number) => new(number);

    /// <summary>Takes a whole number.</summary>
    public static explicit operator DdbNumber(BigInteger number) => new(number);

    /// <summary>Reads number text.</summary>
    public static explicit operator DdbNumber(string text) => new(text);

    /// <summary>The number as an Int32.</summary>
    /// <exception cref="OverflowException">No Int32 is exactly this number.</exception>
    public static explicit operator int(DdbNumber number) =>
        int.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : throw number.DoesNotFit("Int32");

    /// <summary>The number as an Int64.</summary>
    /// <exception cref="OverflowException">No Int64 is exactly this number.</exception>
    public static explicit operator long(DdbNumber number) =>
        long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : throw number.DoesNotFit("Int64");

    /// <summary>The number as a BigInteger.</summary>
    /// <exception cref="OverflowException">It is not whole.</exception>
    public static explicit operator BigInteger(DdbNumber number) =>
        BigInteger.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : throw number.DoesNotFit("BigInteger");

    /// <summary>The number as a decimal.</summary>
    /// <exception cref="OverflowException">No decimal is exactly this number.</exception>
    public static explicit operator decimal(DdbNumber number) =>
        decimal.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && new DdbNumber(value).Equals(number)
            ? value
            : throw number.DoesNotFit("Decimal");

    /// <summary>The nearest double; about 16 digits are kept.</summary>
    public static explicit operator double(DdbNumber number) => double.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The number in plain decimal notation.</summary>
    public static explicit operator string(DdbNumber number) => number.Text;

    /// <summary>Whether two numbers are equal.</summary>
    public static bool operator ==(DdbNumber left, DdbNumber right) => left.Equals(right);

    /// <summary>Whether two numbers differ.</summary>
    public static bool operator !=(DdbNumber left, DdbNumber right) => !left.Equals(right);

    /// <summary>Whether the left number is smaller.</summary>
    public static bool operator <(DdbNumber left, DdbNumber right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left number is larger.</summary>
    public static bool operator >(DdbNumber left, DdbNumber right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left number is not larger.</summary>
    public static bool operator <=(DdbNumber left, DdbNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left number is not smaller.</summary>
    public static bool operator >=(DdbNumber left, DdbNumber right) => left.CompareTo(right) >= 0;

    /// <summary>Reads number text.</summary>
    /// <param name="text">Such as <c>12345678901234567890123456789012345678</c> or <c>1.5E-120</c>.</param>
    /// <exception cref="FormatException">The text is no number that DynamoDB stores exactly; the message says why.</exception>
    public static DdbNumber Parse(string text) => new(text);

    /// <inheritdoc/>
    public bool Equals(DdbNumber other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DdbNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <inheritdoc/>
    public int CompareTo(DdbNumber other) => NumberText.Parse(Text).CompareTo(NumberText.Parse(other.Text));

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        DdbNumber other => CompareTo(other),
        string text => CompareTo(new DdbNumber(text)),
        _ => CompareTo(new DdbNumber(Spell(obj))),
    };

    /// <summary>The number in plain decimal notation.</summary>
    public override string ToString() => Text;

    private static string Spell(object number)
    {
        var scratch = new NumberScratch();
        scratch.TryTake(number, out var status);
        return status == NumberStatus.Valid
            ? scratch.ToString()
            : throw new FormatException("DynamoDB has no such number: it keeps 38 significant digits and magnitudes of 1E-130 to 9.99E+125.");
    }

    private OverflowException DoesNotFit(string type) =>
        new($"{Text} cannot be a {type} without loss. Convert it to [double] for the nearest number, or to [string] for the exact text.");
}
