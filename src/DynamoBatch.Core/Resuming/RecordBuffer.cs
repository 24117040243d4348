using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace DynamoBatch.Core.Resuming;

/// <summary>The lines that go to the file by the next flush. <see cref="RecordReader"/> reads them.</summary>
internal sealed class RecordBuffer
{
    public const byte Table = (byte)'T';
    public const byte Hash = (byte)'H';
    public const byte Acknowledged = (byte)'A';
    public const byte Failed = (byte)'F';
    public const byte Corrected = (byte)'C';
    public const byte Intended = (byte)'I';
    public const byte Unknown = (byte)'U';
    public const byte NotSent = (byte)'N';

    /// <summary>Room for the longest number or hash, and what stands around it.</summary>
    private const int MaxToken = 24;

    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    /// <summary>An ordinal and a hash: <c>H 128 0123456789abcdef</c>.</summary>
    public void AppendPair(byte kind, long ordinal, ulong hash)
    {
        Append(kind);
        AppendNumber((byte)' ', ordinal);
        Append((byte)' ');
        Utf8Formatter.TryFormat(hash, Room(MaxToken), out int length, new System.Buffers.StandardFormat('x', 16));
        Length += length;
        Append((byte)'\n');
    }

    /// <summary>Ordinals as ranges: <c>A 1-25,27</c>; for intents after their time: <c>I 1795000000 1-25</c>.</summary>
    /// <param name="kind">The record.</param>
    /// <param name="at">When; null where the record has no time.</param>
    /// <param name="ordinals">Ascending.</param>
    public void AppendRanges(byte kind, long? at, List<long> ordinals)
    {
        Append(kind);
        if (at is { } time)
        {
            AppendNumber((byte)' ', time);
        }

        byte before = (byte)' ';
        for (int i = 0; i < ordinals.Count;)
        {
            long first = ordinals[i++];
            long last = first;
            while (i < ordinals.Count && ordinals[i] <= last + 1)
            {
                last = ordinals[i++];
            }

            AppendNumber(before, first);
            if (last > first)
            {
                AppendNumber((byte)'-', last);
            }

            before = (byte)',';
        }

        Append((byte)'\n');
    }

    public void AppendTable(string name, string? id)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("id", id);
            json.WriteEndObject();
        }

        Append(Table);
        Append((byte)' ');
        AppendLine(stream.ToArray());
    }

    public void AppendLine(ReadOnlySpan<byte> line)
    {
        line.CopyTo(Room(line.Length));
        Length += line.Length;
        Append((byte)'\n');
    }

    /// <summary>Hands all of it to the stream in one call.</summary>
    public void WriteTo(Stream stream)
    {
        int length = Length;
        Length = 0;
        stream.Write(_bytes, 0, length);
        stream.Flush();
    }

    private void AppendNumber(byte before, long number)
    {
        Append(before);
        Utf8Formatter.TryFormat(number, Room(MaxToken), out int length);
        Length += length;
    }

    private void Append(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - Length < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + length));
        }

        return _bytes.AsSpan(Length);
    }
}
