using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using DynamoBatch.Core.Lines;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>What became of each change, a line each: <c>17 P</c>. The last line of a change counts.</summary>
internal sealed class OutcomeFile : IDisposable
{
    private readonly AppendFile _file;
    private readonly byte[] _outcomes;
    private readonly List<long> _unfiled = [];

    /// <param name="path">The file; what it holds is read.</param>
    /// <param name="count">How many changes there are.</param>
    /// <exception cref="RestoreException">It cannot be read.</exception>
    public OutcomeFile(string path, long count)
    {
        _outcomes = new byte[count + 1];
        _file = new AppendFile(path);
        if (File.Exists(path))
        {
            Load(path);
        }
    }

    /// <summary>What became of a change, in this run or before.</summary>
    public ChangeOutcome this[long ordinal] => (ChangeOutcome)_outcomes[ordinal];

    /// <summary>Notes an outcome. Only <see cref="Flush"/> files it: where an image could not be filed before, its change must not count as made.</summary>
    public void Add(long ordinal, ChangeOutcome outcome)
    {
        _outcomes[ordinal] = (byte)outcome;
        _unfiled.Add(ordinal);
    }

    public void Flush(bool toDisk = false)
    {
        foreach (long ordinal in _unfiled)
        {
            _file.Add(Encoding.ASCII.GetBytes(ordinal.ToString(CultureInfo.InvariantCulture) + " " + (char)_outcomes[ordinal]));
        }

        _unfiled.Clear();
        _file.Flush(toDisk);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>How many changes had an outcome.</summary>
    public long CountOf(ChangeOutcome outcome)
    {
        long count = 0;
        foreach (byte known in _outcomes.AsSpan(1))
        {
            count += known == (byte)outcome ? 1 : 0;
        }

        return count;
    }

    private void Load(string path)
    {
        try
        {
            using LineReader lines = LineFile.Open(path);
            while (lines.TryRead(out ReadOnlySpan<byte> line))
            {
                // A last line that a kill tore says nothing: its change is made sure of again.
                int space = line.IndexOf((byte)' ');
                bool whole = space > 0 && line.Length == space + 2;
                if (whole && long.TryParse(Encoding.ASCII.GetString(line.Slice(0, space).ToArray()), NumberStyles.None, CultureInfo.InvariantCulture, out long ordinal)
                    && ordinal < _outcomes.Length && Enum.IsDefined(typeof(ChangeOutcome), (int)line[space + 1]))
                {
                    _outcomes[ordinal] = line[space + 1];
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RestoreException(
                RestoreProblem.JournalDamaged, $"The file of outcomes '{path}' cannot be read. {fault.Message} Mend that, and run the same command again.", fault);
        }
    }
}
