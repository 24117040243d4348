using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Lines;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>
/// The file of all changes, a line each: <c>{"Key":{...},"Seen":{...},"Wanted":{...}}</c>, in DynamoDB JSON. It is whole before the
/// first change is made, so that nothing has to be compared again after a kill.
/// </summary>
internal static class ChangeFile
{
    /// <summary>A change as a line.</summary>
    public static void Write(AppendFile file, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> seen, ReadOnlyMemory<byte> wanted)
    {
        var line = new JsonBuffer();
        line.Raw("{\"Key\":"u8);
        line.Raw(key.Span);
        Add("Seen", seen);
        Add("Wanted", wanted);
        line.Raw("}"u8);
        file.Add(line.Written);

        void Add(string name, ReadOnlyMemory<byte> image)
        {
            if (!image.IsEmpty)
            {
                line.Raw(System.Text.Encoding.ASCII.GetBytes($",\"{name}\":"));
                line.Raw(image.Span);
            }
        }
    }

    /// <summary>Reads the changes, one at a time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">How many it must hold, as the journal says.</param>
    /// <exception cref="RestoreException">It is not the file that was written.</exception>
    public static IEnumerable<StagedChange> Read(string path, long count)
    {
        if (count == 0)
        {
            yield break;
        }

        using LineReader lines = Open(path);
        for (long ordinal = 1; ordinal <= count; ordinal++)
        {
            yield return lines.TryRead(out ReadOnlySpan<byte> line) && Parse(ordinal, line.ToArray()) is { } change ? change : throw Damaged(path, ordinal, lines.Fault);
        }
    }

    private static LineReader Open(string path)
    {
        try
        {
            return LineFile.Open(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Damaged(path, 1, fault);
        }
    }

    private static StagedChange? Parse(long ordinal, byte[] line)
    {
        ReadOnlyMemory<byte> key = default, seen = default, wanted = default;
        try
        {
            Utf8JsonReader reader = AnswerJson.Open(line);
            while (AnswerJson.NextMember(ref reader))
            {
                bool isKey = reader.ValueTextEquals("Key"u8), isSeen = reader.ValueTextEquals("Seen"u8);
                AnswerJson.ToValue(ref reader, JsonTokenType.StartObject);
                ReadOnlyMemory<byte> value = AnswerJson.TakeValue(ref reader, line);
                if (isKey)
                {
                    key = value;
                }
                else if (isSeen)
                {
                    seen = value;
                }
                else
                {
                    wanted = value;
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return key.IsEmpty || (seen.IsEmpty && wanted.IsEmpty) ? null : new StagedChange(ordinal, key, seen, wanted);
    }

    private static RestoreException Damaged(string path, long line, Exception? fault) => new(
        RestoreProblem.JournalDamaged,
        FormattableString.Invariant($"The file of changes '{path}' cannot be read at line {line}. {fault?.Message} Name another -JournalPath to compare anew: what was done already will be found done."),
        fault);
}
