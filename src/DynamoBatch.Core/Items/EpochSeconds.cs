using System;
using System.Globalization;

namespace DynamoBatch.Core.Items;

/// <summary>Dates as seconds since 1970-01-01T00:00:00Z, which is how DynamoDB's time to live wants them.</summary>
internal static class EpochSeconds
{
    /// <summary>Whether a value is a date, and its seconds. A date without a zone is taken as UTC.</summary>
    internal static bool TryGet(object? value, out long seconds)
    {
        switch (value)
        {
            case DateTime date:
                seconds = Of(date);
                return true;
            case DateTimeOffset date:
                seconds = date.ToUnixTimeSeconds();
                return true;
#if NET8_0_OR_GREATER
            case DateOnly date:
                seconds = Of(date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
                return true;
#endif
            default:
                seconds = 0;
                return false;
        }
    }

    /// <summary>
    /// Reads date text: ISO 8601, with or without time and zone, or RFC 1123. Nothing else: 03/04/2026 means two days, and a wrong
    /// guess would make DynamoDB delete the item.
    /// </summary>
    internal static bool TryParse(string text, out long seconds)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowTrailingWhite;
        var isIso = text.Length >= 10 && text[4] == '-' && text[7] == '-' && text[0] is >= '0' and <= '9';
        if (isIso
            ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out var date)
            : DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, styles, out date))
        {
            seconds = date.ToUnixTimeSeconds();
            return true;
        }

        seconds = 0;
        return false;
    }

    private static long Of(DateTime date)
    {
        var utc = date.Kind == DateTimeKind.Local ? date.ToUniversalTime() : DateTime.SpecifyKind(date, DateTimeKind.Utc);
        return new DateTimeOffset(utc).ToUnixTimeSeconds();
    }
}
