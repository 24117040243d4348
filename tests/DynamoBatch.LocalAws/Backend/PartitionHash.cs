using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DynamoBatch.LocalAws.Backend;

/// <summary>
/// Where the backend's parallel scans have an item: the first 12 bits of the MD5 of "Outliers" and the partition key, as dynalite made it
/// and dynoxide took it over.
/// </summary>
internal static class PartitionHash
{
    /// <summary>How many buckets there are. Segment s of n has those from ceil(Buckets * s / n) on.</summary>
    public const int Buckets = 4096;

    /// <summary>The bucket of a partition key's value, {"S":"..."}; null: no such value.</summary>
    public static int? Bucket(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().FirstOrDefault() is not { Value.ValueKind: JsonValueKind.String } typed)
        {
            return null;
        }

        var bytes = typed.Name switch
        {
            "S" => Encoding.UTF8.GetBytes(typed.Value.GetString()!),
            "B" when typed.Value.TryGetBytesFromBase64(out var binary) => binary,
            "N" => Number(typed.Value.GetString()!),
            _ => null,
        };
        if (bytes is null)
        {
            return null;
        }

#pragma warning disable CA5351 // The backend's hash, not a secret.
        var hash = MD5.HashData([.. "Outliers"u8, .. bytes]);
#pragma warning restore CA5351
        return (hash[0] << 4) | (hash[1] >> 4);
    }

    // Oracle's packed decimal: an exponent of 100, then two digits a byte, so that bytes compare as numbers do.
    private static byte[]? Number(string text)
    {
        if (!TryParse(text, out var negative, out var digits, out var exponent))
        {
            return null;
        }

        if (digits.Length == 0)
        {
            return [0x80];
        }

        if (exponent % 2 != 0)
        {
            digits = "0" + digits;
            exponent++;
        }

        var first = exponent / 2 - 64;
        var bytes = new List<byte> { unchecked((byte)(negative ? ~first : first)) };
        for (var i = 0; i < digits.Length; i += 2)
        {
            var pair = (digits[i] - '0') * 10 + (i + 1 < digits.Length ? digits[i + 1] - '0' : 0);
            bytes.Add((byte)(negative ? 101 - pair : pair + 1));
        }

        if (negative && bytes.Count <= 20)
        {
            bytes.Add(102);
        }

        return [.. bytes];
    }

    // The number is 0.digits times ten to the exponent; the digits neither begin nor end with 0.
    private static bool TryParse(string text, out bool negative, out string digits, out int exponent)
    {
        negative = text.StartsWith('-');
        digits = "";
        exponent = 0;
        var mantissa = text.TrimStart('+', '-');
        if (mantissa.IndexOfAny(['e', 'E']) is >= 0 and var e)
        {
            if (!int.TryParse(mantissa[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            {
                return false;
            }

            mantissa = mantissa[..e];
        }

        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var all = point < 0 ? mantissa : mantissa.Remove(point, 1);
        if (all.Length == 0 || !all.All(char.IsAsciiDigit))
        {
            return false;
        }

        var significant = all.TrimStart('0');
        exponent += (point < 0 ? all.Length : point) - (all.Length - significant.Length);
        digits = significant.TrimEnd('0');
        return true;
    }
}
