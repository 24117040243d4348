using System;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Items;

/// <summary>The values that are text in DynamoDB, and how they are spelled. Nothing here depends on the culture.</summary>
internal static class ScalarText
{
    /// <summary>The text of a value that is stored as text; null for any other.</summary>
    [MethodImpl(Jit.Hot)]
    internal static string? Of(object value) => value switch
    {
        string text => text,
        char c => c.ToString(),
        Guid guid => guid.ToString(),
        Uri uri => uri.OriginalString,
        Version version => version.ToString(),
        Enum name => name.ToString(),
        DateTime date => OfDate(date),
        DateTimeOffset date => OfDate(date.UtcDateTime),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
#if NET8_0_OR_GREATER
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("o", CultureInfo.InvariantCulture),
#endif
        _ => null,
    };

    /// <summary>The invariant text of a number, for text keys; as PowerShell prints it in a string. Null for any other value.</summary>
    [MethodImpl(Jit.Hot)]
    internal static string? OfNumber(object value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or System.Numerics.BigInteger =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
#if NET8_0_OR_GREATER
        Half or Int128 or UInt128 => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
#endif
        NumberText number => number.Text,
        _ => null,
    };

    // All seven decimals always: texts of one form sort as their times do. Without a known zone none is claimed.
    [MethodImpl(Jit.Hot)]
    private static string OfDate(DateTime date) =>
        (date.Kind == DateTimeKind.Local ? date.ToUniversalTime() : date).ToString("o", CultureInfo.InvariantCulture);
}
