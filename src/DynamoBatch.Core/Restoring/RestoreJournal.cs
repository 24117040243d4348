using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace DynamoBatch.Core.Restoring;

/// <summary>
/// What a restore has done and was about to do, a JSON line for each step, on the disk before the step is taken. The same command
/// reads it and goes on. Holds names, times and counts; the changes themselves are in files beside it. Thread-safe.
/// </summary>
internal sealed class RestoreJournal : IDisposable
{
    private const string Format = "DynamoBatch restore 1";
    private readonly object _gate = new();
    private readonly FileStream _stream;
    private readonly TimeProvider _clock;
    private readonly Dictionary<(RestoreStep Step, string Subject), JournalRecord> _last = [];
    private readonly List<JournalRecord> _records = [];

    private RestoreJournal(FileStream stream, string path, TimeProvider clock)
    {
        _stream = stream;
        Path = path;
        _clock = clock;
    }

    /// <summary>Its file.</summary>
    public string Path { get; }

    /// <summary>Whether an earlier run began it.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>All that was journaled, oldest first.</summary>
    public IReadOnlyList<JournalRecord> Records
    {
        get
        {
            lock (_gate)
            {
                return _records.ToArray();
            }
        }
    }

    /// <summary>Begins a journal, or goes on with one.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="identity">The restore.</param>
    /// <param name="clock">The time.</param>
    /// <param name="settleConflicts">Whether one that has ended with conflicts is gone on with.</param>
    /// <exception cref="RestoreException">It cannot be used, or is of another restore.</exception>
    public static RestoreJournal Open(string path, RestoreIdentity identity, TimeProvider clock, bool settleConflicts = false)
    {
        FileStream stream = OpenFile(path);
        try
        {
            var journal = new RestoreJournal(stream, path, clock);
            journal.Load();
            if (journal._records.Count == 0)
            {
                journal.Write(RestoreStep.Started, string.Empty, [("Format", Format), .. identity.Parts.Select(p => (p.Key, (string?)p.Value))]);
                return journal;
            }

            RequireSame(journal._records[0], identity, path);
            if (HasEnded(journal._records) && journal.Find(RestoreStep.Completed) is { } completed && !(settleConflicts && completed.Fact("Conflicts") is not null))
            {
                string how = completed.Fact("Conflicts") is null ? string.Empty : " -Force settles its conflicts, by overwriting the newer writes.";
                throw new RestoreException(
                    RestoreProblem.JournalCompleted, $"The journal '{path}' is of a restore that has ended. Name another -JournalPath, or delete the file, to restore anew.{how}");
            }

            journal.IsResumed = true;
            return journal;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads what a journal says without opening it for a run; null where it is none, or is in use.</summary>
    public static IReadOnlyList<JournalRecord>? Peek(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.None);
            var journal = new RestoreJournal(stream, path, TimeProvider.System);
            journal.Load();
            return journal._records;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or RestoreException)
        {
            return null;
        }
    }

    /// <summary>Whether a restore has ended, and nobody has gone on with it since.</summary>
    public static bool HasEnded(IReadOnlyList<JournalRecord> records) => records[records.Count - 1].Step is RestoreStep.Completed;

    /// <summary>What the last record of a step says; null where the step is not journaled.</summary>
    public JournalRecord? Find(RestoreStep step, string subject = "")
    {
        lock (_gate)
        {
            return _last.TryGetValue((step, subject), out JournalRecord? record) ? record : null;
        }
    }

    /// <summary>Whether a step is journaled.</summary>
    public bool Has(RestoreStep step, string subject = "") => Find(step, subject) is not null;

    /// <summary>Journals a step. It is on the disk when this returns.</summary>
    /// <param name="step">The step.</param>
    /// <param name="subject">Which, where there can be several.</param>
    /// <param name="facts">What must be known to go on; those that are null are left out.</param>
    /// <exception cref="RestoreException">It cannot be written; the step must not be taken.</exception>
    public void Write(RestoreStep step, string subject, params (string Name, string? Value)[] facts)
    {
        var record = new JournalRecord(
            step, subject, _clock.GetUtcNow(), facts.Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value!, StringComparer.Ordinal));
        try
        {
            byte[] line = record.ToLine();
            lock (_gate)
            {
                _stream.Write(line, 0, line.Length);
                _stream.Flush(flushToDisk: true);
                Keep(record);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RestoreException(
                RestoreProblem.JournalNotUsable, $"The journal '{Path}' could not be written, so nothing more is done. {fault.Message} Mend that, and run the same command again: it goes on.", fault);
        }
    }

    /// <inheritdoc cref="Write(RestoreStep, string, ValueTuple{string, string}[])"/>
    public void Write(RestoreStep step) => Write(step, string.Empty);

    /// <summary>Nothing was begun that anybody would have to know of: the file is deleted.</summary>
    public void Discard()
    {
        _stream.Dispose();
        try
        {
            File.Delete(Path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It says that nothing was done.
        }
    }

    public void Dispose() => _stream.Dispose();

    private static FileStream OpenFile(string path)
    {
        try
        {
            if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new RestoreException(
                RestoreProblem.JournalNotUsable, $"The journal '{path}' cannot be opened. {fault.Message} Another run may hold it: let it end, or name another -JournalPath.", fault);
        }
    }

    private static void RequireSame(JournalRecord first, RestoreIdentity identity, string path)
    {
        if (Difference(first, identity) is { } other)
        {
            throw new RestoreException(
                RestoreProblem.JournalOfOther, $"The journal '{path}' is of another restore: {other}. Give the command as it was given first, or another -JournalPath.");
        }
    }

    private static string? Difference(JournalRecord first, RestoreIdentity identity)
    {
        Dictionary<string, string> now = identity.Parts.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        foreach (string name in now.Keys.Concat(first.Facts.Keys).Where(n => n != "Format"))
        {
            now.TryGetValue(name, out string? given);
            first.Facts.TryGetValue(name, out string? known);
            if (given != known)
            {
                return $"its {name} is {known ?? "not given"}, this one's is {given ?? "not given"}";
            }
        }

        return null;
    }

    private void Load()
    {
        byte[] all = new byte[_stream.Length];
        int filled = 0;
        for (int read; filled < all.Length && (read = _stream.Read(all, filled, all.Length - filled)) > 0; filled += read)
        {
        }

        int start = 0;
        for (int end; (end = all.AsSpan(start).IndexOf((byte)'\n')) >= 0; start += end + 1)
        {
            Keep(JournalRecord.Parse(all.AsSpan(start, end)) ?? throw Damaged());
        }

        // What stands behind the last whole line was torn by a kill: its step was never taken. But only a journal may be cut.
        string tail = Encoding.UTF8.GetString(all, start, all.Length - start);
        bool isOurs = _records.Count > 0
            ? _records[0].Step is RestoreStep.Started && _records[0].Facts.TryGetValue("Format", out string? format) && format == Format
            : JournalRecord.Opening.StartsWith(tail.Length > JournalRecord.Opening.Length ? tail.Substring(0, JournalRecord.Opening.Length) : tail, StringComparison.Ordinal);
        if (!isOurs)
        {
            throw Damaged();
        }

        if (_stream.CanWrite)
        {
            _stream.SetLength(start);
            _stream.Position = start;
        }
    }

    private RestoreException Damaged() => new(
        RestoreProblem.JournalDamaged,
        FormattableString.Invariant($"'{Path}' is no journal of a restore that this version understands; line {_records.Count + 1} makes no sense. Name another -JournalPath."));

    private void Keep(JournalRecord record)
    {
        _records.Add(record);
        _last[(record.Step, record.Subject)] = record;
    }
}
