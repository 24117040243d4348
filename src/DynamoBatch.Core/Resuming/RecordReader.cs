using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Text.Json;

namespace DynamoBatch.Core.Resuming;

/// <summary>Reads records, one line each, into a history. <see cref="RecordBuffer"/> writes them.</summary>
internal static class RecordReader
{
    /// <summary>Takes in one line, without its end. False where it makes no sense.</summary>
    public static bool TryApply(ReadOnlySpan<byte> line, CheckpointHistory history)
    {
        if (line.Length < 3 || line[1] != (byte)' ')
        {
            return false;
        }

        ReadOnlySpan<byte> rest = line.Slice(2);
        switch (line[0])
        {
            case RecordBuffer.Hash:
                return TryReadPair(rest, out long ordinal, out ulong hash) && history.TryAddHash(ordinal, hash);
            case RecordBuffer.Failed:
                if (!TryReadPair(rest, out ordinal, out hash) || ordinal > history.LastOrdinal)
                {
                    return false;
                }

                history.AddFailed(ordinal, hash);
                return true;
            case RecordBuffer.Corrected:
                if (!TryReadPair(rest, out ordinal, out hash) || ordinal > history.LastOrdinal)
                {
                    return false;
                }

                history.AddCorrected(ordinal, hash);
                return true;
            case RecordBuffer.Intended:
                return TryReadNumber(ref rest, out long at) && TryTake(ref rest, ' ') && TryApplyRanges(RecordBuffer.Intended, rest, at, history);
            case RecordBuffer.Acknowledged:
            case RecordBuffer.Unknown:
            case RecordBuffer.NotSent:
                return TryApplyRanges(line[0], rest, 0, history);
            case RecordBuffer.Table:
                return TryApplyTable(rest, history);
            default:
                return false;
        }
    }

    /// <summary>All of the line or nothing: a range that makes no sense makes the line one.</summary>
    private static bool TryApplyRanges(byte kind, ReadOnlySpan<byte> text, long at, CheckpointHistory history)
    {
        var ranges = new List<OrdinalRange>();
        long last = 0;
        do
        {
            if (!TryReadNumber(ref text, out long from) || from <= last)
            {
                return false;
            }

            last = from;
            if (TryTake(ref text, '-') && (!TryReadNumber(ref text, out last) || last <= from))
            {
                return false;
            }

            ranges.Add(new OrdinalRange(from, last));
        }
        while (TryTake(ref text, ','));

        if (text.Length > 0 || last > history.LastOrdinal)
        {
            return false;
        }

        foreach (OrdinalRange range in ranges)
        {
            Apply(kind, range, at, history);
        }

        return true;
    }

    private static void Apply(byte kind, OrdinalRange range, long at, CheckpointHistory history)
    {
        if (kind == RecordBuffer.Acknowledged)
        {
            history.AddDone(range);
            return;
        }

        for (long ordinal = range.First; ordinal <= range.Last; ordinal++)
        {
            switch (kind)
            {
                case RecordBuffer.Intended:
                    history.AddIntended(ordinal, at);
                    break;
                case RecordBuffer.Unknown:
                    history.AddUnknown(ordinal);
                    break;
                default:
                    history.AddNotSent(ordinal);
                    break;
            }
        }
    }

    private static bool TryApplyTable(ReadOnlySpan<byte> text, CheckpointHistory history)
    {
        try
        {
            using var document = JsonDocument.Parse(text.ToArray());
            history.AddTable(document.RootElement.GetProperty("name").GetString()!, document.RootElement.GetProperty("id").GetString());
            return true;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            return false;
        }
    }

    private static bool TryReadPair(ReadOnlySpan<byte> text, out long ordinal, out ulong hash)
    {
        hash = 0;
        return TryReadNumber(ref text, out ordinal)
            && TryTake(ref text, ' ')
            && text.Length == 16
            && Utf8Parser.TryParse(text, out hash, out int length, 'x')
            && length == 16;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        if (text.Length == 0 || text[0] is < (byte)'1' or > (byte)'9' || !Utf8Parser.TryParse(text, out number, out int length))
        {
            return false;
        }

        text = text.Slice(length);
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> text, char expected)
    {
        if (text.Length == 0 || text[0] != (byte)expected)
        {
            return false;
        }

        text = text.Slice(1);
        return true;
    }
}
