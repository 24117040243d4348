using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Resuming;

/// <summary>
/// What a checkpoint says of the runs before this one. It changes only while it is read from the file, so any thread may ask
/// whether a row was corrected; what walks the done rows belongs to one thread.
/// </summary>
internal sealed class CheckpointHistory
{
    /// <summary>Objects between two recorded hashes at most: what a resuming run holds back until it knows that they are the same.</summary>
    public const int BlockSize = 64;

    private readonly RangeSet _done = new();
    private readonly Dictionary<long, OpenRecord> _open = new();
    private readonly Dictionary<long, CorrectableRow> _correctable = new();
    private readonly List<BlockHash> _hashes = new();
    private readonly Dictionary<string, string?> _tables = new(StringComparer.Ordinal);

    /// <summary>The recorded hashes, ascending.</summary>
    public IReadOnlyList<BlockHash> Hashes => _hashes;

    /// <summary>The last object that the checkpoint knows of; zero where it knows none.</summary>
    public long LastOrdinal => _hashes.Count == 0 ? 0 : _hashes[_hashes.Count - 1].Ordinal;

    /// <summary>The ranges that need not be sent again.</summary>
    public IReadOnlyList<OrdinalRange> Done => _done.Ranges;

    /// <summary>The tables written to, with their ids where those are known.</summary>
    public IReadOnlyDictionary<string, string?> Tables => _tables;

    /// <summary>What became of an object, and since when it may be in the table.</summary>
    public OpenRecord Find(long ordinal)
    {
        if (ordinal > LastOrdinal)
        {
            return default;
        }

        return _done.Contains(ordinal) ? new OpenRecord(RecordedState.Done, null) : FindOpen(ordinal);
    }

    /// <summary>The last record of an object, where that is not that it is done.</summary>
    public OpenRecord FindOpen(long ordinal) => _open.Count > 0 && _open.TryGetValue(ordinal, out OpenRecord open) ? open : default;

    /// <summary>Whether the object failed once, so that it may have been corrected since.</summary>
    public bool TryGetCorrectable(long ordinal, out CorrectableRow row)
    {
        row = default;
        return _correctable.Count > 0 && _correctable.TryGetValue(ordinal, out row);
    }

    /// <summary>What an object adds to the rolling hash: what it added when it was first recorded, should it have been corrected.</summary>
    public ulong Hashed(long ordinal, ulong contribution) => TryGetCorrectable(ordinal, out CorrectableRow row) ? row.Hashed : contribution;

    /// <summary>Refuses a table that was made anew. True where the file does not say yet which table it is.</summary>
    /// <exception cref="CheckpointException">Names the table, and both ids.</exception>
    public bool RequireSameTable(string name, string? id, string path)
    {
        bool known = _tables.TryGetValue(name, out string? before);
        if (before is not null && id is not null && before != id)
        {
            throw new CheckpointException(
                CheckpointProblem.OtherTable,
                $"Table '{name}' was deleted and made anew since the checkpoint '{path}' was begun (its id was {before}, it is {id}), so what was written is gone. Give another path to write everything again.");
        }

        return !known || (before is null && id is not null);
    }

    internal void AddTable(string name, string? id) => _tables[name] = id;

    internal bool TryAddHash(long ordinal, ulong hash)
    {
        if (ordinal <= LastOrdinal || ordinal > LastOrdinal + BlockSize)
        {
            return false;
        }

        // Hashes that stand closer than they must are thinned out: most were written only because an answer came.
        int last = _hashes.Count - 1;
        if (last >= 0 && ordinal - (last == 0 ? 0 : _hashes[last - 1].Ordinal) <= BlockSize)
        {
            _hashes[last] = new BlockHash(ordinal, hash);
        }
        else
        {
            _hashes.Add(new BlockHash(ordinal, hash));
        }

        return true;
    }

    internal void AddDone(OrdinalRange range)
    {
        _done.Add(range.First, range.Last);
        for (long ordinal = range.First; _open.Count > 0 && ordinal <= range.Last; ordinal++)
        {
            _open.Remove(ordinal);
        }
    }

    internal void AddFailed(long ordinal, ulong contribution)
    {
        AddCorrected(ordinal, contribution);
        _open[ordinal] = new OpenRecord(RecordedState.Failed, null);
    }

    /// <summary>The first contribution of a row is in the recorded hashes; a later one only says how the row was corrected.</summary>
    internal void AddCorrected(long ordinal, ulong contribution) =>
        _correctable[ordinal] = new CorrectableRow(Hashed(ordinal, contribution), contribution);

    internal void AddUnknown(long ordinal) => _open[ordinal] = new OpenRecord(RecordedState.Unknown, FindOpen(ordinal).IntendedAt);

    internal void AddIntended(long ordinal, long at) =>
        _open[ordinal] = new OpenRecord(RecordedState.Intended, FindOpen(ordinal).IntendedAt ?? at);

    /// <summary>An intent came to nothing. A row that failed before has still failed.</summary>
    internal void AddNotSent(long ordinal)
    {
        if (_correctable.ContainsKey(ordinal))
        {
            _open[ordinal] = new OpenRecord(RecordedState.Failed, null);
        }
        else
        {
            _open.Remove(ordinal);
        }
    }
}
