using System;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace DynamoBatch.Core.Items;

/// <summary>A reused place in which numbers are spelled canonically.</summary>
internal sealed class NumberScratch
{
    private const int MaxIntegerBytes = 64; // 9.99E+125 needs 53.

    private readonly byte[] _bytes = new byte[NumberSyntax.MaxLength];
    private int _length;

    /// <summary>The spelling of the last valid number.</summary>
    internal ReadOnlySpan<byte> Spelling => _bytes.AsSpan(0, _length);

    /// <summary>Its significant digits.</summary>
    internal int Digits { get; private set; }

    /// <summary>Whether it is below zero.</summary>
    internal bool IsNegative => _bytes[0] == (byte)'-';

    public override string ToString() => Encoding.ASCII.GetString(_bytes, 0, _length);

    /// <summary>Reads number text.</summary>
    internal NumberStatus Read(ReadOnlySpan<char> text)
    {
        var status = NumberSyntax.Canonicalize(text, _bytes, out _length, out var digits);
        Digits = digits;
        return status;
    }

    /// <summary>Takes a number of whatever type; false if the value is none.</summary>
    internal bool TryTake(object value, out NumberStatus status)
    {
        switch (value)
        {
            case int i:
                status = Take(i);
                return true;
            case long l:
                status = Take(l);
                return true;
            case double d:
                status = TakeDouble(d);
                return true;
            case decimal m:
                status = Read(m.ToString(CultureInfo.InvariantCulture).AsSpan());
                return true;
            case NumberText n:
                status = Read(n.Text.AsSpan());
                return true;
            case short or byte or sbyte or ushort or uint:
                status = Take(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case ulong u:
                Utf8Formatter.TryFormat(u, _bytes, out _length);
                CountDigits();
                status = NumberStatus.Valid;
                return true;
            case float f:
                status = TakeFloat(f);
                return true;
            case BigInteger b:
                status = TakeBig(b);
                return true;
#if NET8_0_OR_GREATER
            case Half or Int128 or UInt128:
                status = Read(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture).AsSpan());
                return true;
#endif
            default:
                status = NumberStatus.NotANumber;
                return false;
        }
    }

    private NumberStatus Take(long number)
    {
        Utf8Formatter.TryFormat(number, _bytes, out _length);
        CountDigits();
        return NumberStatus.Valid;
    }

    private NumberStatus TakeBig(BigInteger number) => number.ToByteArray().Length > MaxIntegerBytes
        ? NumberStatus.OutOfRange
        : Read(number.ToString(CultureInfo.InvariantCulture).AsSpan());

#if NET8_0_OR_GREATER
    private NumberStatus TakeDouble(double number)
    {
        Span<char> text = stackalloc char[32];
        return number.TryFormat(text, out var length, default, CultureInfo.InvariantCulture)
            ? Read(text.Slice(0, length))
            : NumberStatus.NotANumber;
    }

    private NumberStatus TakeFloat(float number) => Read(number.ToString(CultureInfo.InvariantCulture).AsSpan());
#else
    // .NET Framework's 'R' does not always come back as the same number; 17 (9) digits always do.
    private NumberStatus TakeDouble(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return Read((double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var back) && back.Equals(number)
            ? text
            : number.ToString("G17", CultureInfo.InvariantCulture)).AsSpan());
    }

    private NumberStatus TakeFloat(float number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return Read((float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var back) && back.Equals(number)
            ? text
            : number.ToString("G9", CultureInfo.InvariantCulture)).AsSpan());
    }
#endif

    private void CountDigits()
    {
        var end = _length;
        while (end > 0 && _bytes[end - 1] == (byte)'0')
        {
            end--;
        }

        Digits = end - (IsNegative ? 1 : 0);
    }
}
