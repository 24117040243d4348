using System;
using System.Buffers;
using System.Globalization;
using System.Text.Json;
using DynamoBatch.LocalAws.Backend;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>The key of an item or key map: as text that is the same for all spellings of one key, and as a key map.</summary>
internal static class ItemKeys
{
    /// <summary>Null when a key attribute is not there.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static string? Of(KeyNames names, ReadOnlySpan<byte> attributes)
    {
        var (partition, sort) = Find(names, attributes);
        if (partition is not { } first || Text(attributes[first]) is not { } text)
        {
            return null;
        }

        if (names.SortKey is null)
        {
            return text;
        }

        // With its length, or two keys could give one text.
        return sort is { } second && Text(attributes[second]) is { } sortText
            ? string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}{sortText}") : null;
    }

    /// <summary>Writes <c>{"id":{"S":"a"}}</c>.</summary>
    public static void Write(KeyNames names, ReadOnlySpan<byte> attributes, IBufferWriter<byte> output)
    {
        var (partition, sort) = Find(names, attributes);
        output.Write("{\""u8);
        output.Write(JsonEncodedText.Encode(names.PartitionKey).EncodedUtf8Bytes);
        output.Write("\":"u8);
        output.Write(attributes[partition!.Value]);
        if (sort is { } second)
        {
            output.Write(",\""u8);
            output.Write(JsonEncodedText.Encode(names.SortKey!).EncodedUtf8Bytes);
            output.Write("\":"u8);
            output.Write(attributes[second]);
        }

        output.Write("}"u8);
    }

    private static (Range? Partition, Range? Sort) Find(KeyNames names, ReadOnlySpan<byte> attributes)
    {
        (Range? Partition, Range? Sort) found = default;
        var reader = new Utf8JsonReader(attributes);
        if (attributes.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return found;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPartition = reader.ValueTextEquals(names.PartitionKey);
            var isSort = !isPartition && names.SortKey is not null && reader.ValueTextEquals(names.SortKey);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var range = start..(int)reader.BytesConsumed;
            found = isPartition ? (range, found.Sort) : isSort ? (found.Partition, range) : found;
        }

        return found;
    }

    private static string? Text(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }

        var type = reader.GetString();
        return reader.Read() && reader.TokenType == JsonTokenType.String
            ? type + ":" + (type == "N" ? Number(reader.GetString()!) : reader.GetString()) : null;
    }

    // Up to 38 digits, so no decimal: sign, significant digits, power of ten.
    private static string Number(string text)
    {
        var number = text.Trim();
        var e = number.IndexOfAny(['e', 'E']);
        var power = 0;
        if (e >= 0 && !int.TryParse(number.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power))
        {
            return text;
        }

        var mantissa = (e < 0 ? number : number[..e]).TrimStart('+', '-');
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        power -= point < 0 ? 0 : mantissa.Length - point - 1;
        var significant = digits.TrimEnd('0');
        return significant.Length == 0 ? "0" : string.Create(
            CultureInfo.InvariantCulture, $"{(number[0] == '-' ? "-" : "")}{significant}e{power + digits.Length - significant.Length}");
    }
}
