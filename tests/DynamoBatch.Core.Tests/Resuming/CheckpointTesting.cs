using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using DynamoBatch.Core.Resuming;

namespace DynamoBatch.Core.Tests.Resuming;

/// <summary>Checkpoints in memory.</summary>
internal static class CheckpointTesting
{
    public const string Path = "load.ckpt";

    public static CheckpointHeader Header(params (string Name, string Value)[] settings) =>
        new(Guid.NewGuid(), "Write-DdbBatch", settings.ToDictionary(s => s.Name, s => s.Value));

    /// <summary>A journal over the content; its stream outlives it.</summary>
    public static CheckpointJournal Open(Stream stream, CheckpointHeader? header = null, TimeProvider? clock = null)
    {
        stream.Position = 0;
        return new CheckpointJournal(stream, Path, header ?? Header(), clock ?? TimeProvider.System);
    }

    /// <summary>A journal of so many objects taken, each contributing its ordinal.</summary>
    public static CheckpointJournal OpenTaken(Stream stream, int count, TimeProvider? clock = null)
    {
        CheckpointJournal journal = Open(stream, clock: clock);
        Take(journal, count);
        return journal;
    }

    public static void Take(CheckpointJournal journal, int count)
    {
        for (int ordinal = 1; ordinal <= count; ordinal++)
        {
            journal.Taken(ordinal, (ulong)ordinal);
        }
    }

    /// <summary>The records, without the header.</summary>
    public static List<string> Records(MemoryStream stream) => Encoding.UTF8.GetString(stream.ToArray()).Split('\n').Skip(1).Where(l => l.Length > 0).ToList();

    /// <summary>The records that tell outcomes.</summary>
    public static List<string> Outcomes(MemoryStream stream) => Records(stream).Where(l => l[0] != 'H').ToList();

    public static MemoryStream Content(params string[] lines)
    {
        var stream = new MemoryStream();
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(lines));
        stream.Write(bytes, 0, bytes.Length);
        return stream;
    }

    public static string HeaderLine() => Encoding.UTF8.GetString(Header().ToLine()) + "\n";

    /// <summary>The hash of the first objects, each contributing its ordinal.</summary>
    public static ulong Rolled(int count) => Enumerable.Range(1, count).Aggregate(0UL, (hash, ordinal) => ContributionHash.Roll(hash, (ulong)ordinal));

    public static string HashLine(int count) => FormattableString.Invariant($"H {count} {Rolled(count):x16}\n");
}
