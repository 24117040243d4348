using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Resuming;

/// <summary>
/// Records what became of each object of the pipeline, so that the same command over the same input goes on where a kill ended
/// it. Not thread safe: after opening, its caller serializes the calls, in the order in which things were decided. Records
/// reach the file by <see cref="Flush"/> and <see cref="Intend"/> only, each in one write of whole lines. A kill of the process
/// keeps what was written; a power cut may not.
/// </summary>
internal sealed class CheckpointJournal : IDisposable
{
    private readonly Stream _stream;
    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly RecordBuffer _buffer = new();
    private readonly List<long> _ordinals = new();
    private readonly Dictionary<long, ulong> _corrected = new();
    private byte _kind;
    private ulong _rolling;
    private long _taken;
    private long _hashed;

    /// <summary>Goes on with a checkpoint, or begins it where the stream is empty.</summary>
    /// <exception cref="CheckpointException">It is none, damaged, or not this run's.</exception>
    internal CheckpointJournal(Stream stream, string path, CheckpointHeader run, TimeProvider clock)
    {
        _stream = stream;
        _path = path;
        _clock = clock;
        var file = CheckpointFile.Read(stream, path);
        file.Header?.RequireSame(run, path);
        Header = file.Header ?? run;
        IsResumed = file.Header is not null;
        History = file.History;
        _hashed = History.LastOrdinal;
        _stream.SetLength(file.Length);
        _stream.Position = file.Length;
        if (file.Header is null)
        {
            _buffer.AppendLine(run.ToLine());
            _buffer.WriteTo(_stream);
        }
    }

    /// <summary>The checkpoint's header: the id is that of the first run.</summary>
    public CheckpointHeader Header { get; }

    /// <summary>Whether a run before this one may have sent something, be it that it recorded nothing.</summary>
    public bool IsResumed { get; }

    /// <summary>What the runs before this one recorded.</summary>
    public CheckpointHistory History { get; }

    /// <summary>Why the journal takes no more; null while it does. A run must not send without its journal.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>A table is about to be written to.</summary>
    /// <param name="name">Its name as it was asked for.</param>
    /// <param name="id">Its TableId; null where that is not known.</param>
    /// <exception cref="CheckpointException">It is not the table that the runs before wrote to.</exception>
    public void OpenTable(string name, string? id)
    {
        if (History.RequireSameTable(name, id, _path) && Fault is null)
        {
            Close();
            _buffer.AppendTable(name, id);
        }
    }

    /// <summary>An object was taken from the pipeline. Every object is told, in order, those that are skipped and refused too.</summary>
    [MethodImpl(Jit.Hot)]
    public void Taken(long ordinal, ulong contribution)
    {
        if (ordinal != _taken + 1)
        {
            throw new ArgumentOutOfRangeException(nameof(ordinal), "Each object is taken once, in order.");
        }

        _taken = ordinal;
        if (ordinal <= History.LastOrdinal && History.TryGetCorrectable(ordinal, out CorrectableRow row))
        {
            _rolling = ContributionHash.Roll(_rolling, row.Hashed);
            if (contribution != row.Latest && History.FindOpen(ordinal).State is RecordedState.Failed)
            {
                _corrected[ordinal] = contribution;
            }

            return;
        }

        _rolling = ContributionHash.Roll(_rolling, contribution);
        if (ordinal - _hashed >= CheckpointHistory.BlockSize && Fault is null)
        {
            AppendHash();
        }
    }

    /// <summary>
    /// Announces writes that must not be sent twice, at once. False where that could not be recorded: then they must not be sent.
    /// </summary>
    public bool Intend(IEnumerable<long> ordinals)
    {
        foreach (long ordinal in ordinals)
        {
            Append(RecordBuffer.Intended, ordinal);
        }

        return Flush();
    }

    /// <summary>
    /// A write was acknowledged, or made void by one that was: never to be sent again. A write and those that it made void are
    /// told one after the other, without a flush between: they are one line, so that no kill can part them.
    /// </summary>
    [MethodImpl(Jit.Hot)]
    public void Acknowledged(long ordinal) => Append(RecordBuffer.Acknowledged, ordinal);

    /// <summary>An object is known not to have been written, for a reason of its own, and may be corrected before the next run.</summary>
    public void Failed(long ordinal, ulong contribution)
    {
        if (Fault is null)
        {
            Close();
            CoverUpTo(ordinal);
            _buffer.AppendPair(RecordBuffer.Failed, ordinal, contribution);
            _corrected.Remove(ordinal);
        }
    }

    /// <summary>A write was sent, and its outcome reported as unknown.</summary>
    public void Unknown(long ordinal) => Append(RecordBuffer.Unknown, ordinal);

    /// <summary>A write that was announced is known not to have been made. Does nothing where an earlier run may have made it.</summary>
    public void NotSent(long ordinal)
    {
        if (History.FindOpen(ordinal).State is not (RecordedState.Intended or RecordedState.Unknown))
        {
            Append(RecordBuffer.NotSent, ordinal);
        }
    }

    /// <summary>Hands all records to the system. Once after each settled request, before its outcomes are told to anybody.</summary>
    public bool Flush()
    {
        if (Fault is not null)
        {
            return false;
        }

        Close();
        if (_buffer.Length > 0)
        {
            try
            {
                _buffer.WriteTo(_stream);
            }
            catch (Exception fault)
            {
                // A torn line may be in the file now. Nothing may follow it, so the journal ends here.
                Fault = fault;
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        _stream.Dispose();
    }

    [MethodImpl(Jit.Hot)]
    private void Append(byte kind, long ordinal)
    {
        if (Fault is not null)
        {
            return;
        }

        if (_kind != kind)
        {
            Close();
            _kind = kind;
        }

        _ordinals.Add(ordinal);
    }

    /// <summary>Ends the line that collects ordinals. Lines keep the order of the calls.</summary>
    [MethodImpl(Jit.Hot)]
    private void Close()
    {
        if (_ordinals.Count == 0)
        {
            return;
        }

        _ordinals.Sort();
        CoverUpTo(_ordinals[_ordinals.Count - 1]);
        if (_corrected.Count > 0 && _kind != RecordBuffer.NotSent)
        {
            AppendCorrected();
        }

        _buffer.AppendRanges(_kind, _kind == RecordBuffer.Intended ? _clock.GetUtcNow().ToUnixTimeSeconds() : null, _ordinals);
        _ordinals.Clear();
    }

    /// <summary>A row that had failed and was corrected is in the table now, or may be: from here on it counts as it is now.</summary>
    private void AppendCorrected()
    {
        foreach (long ordinal in _ordinals)
        {
            if (_corrected.TryGetValue(ordinal, out ulong contribution))
            {
                _buffer.AppendPair(RecordBuffer.Corrected, ordinal, contribution);
                _corrected.Remove(ordinal);
            }
        }
    }

    /// <summary>No record may stand in the file for an object whose identity does not.</summary>
    private void CoverUpTo(long ordinal)
    {
        if (ordinal > _taken)
        {
            throw new InvalidOperationException("An outcome was told for an object that was not taken.");
        }

        if (ordinal > _hashed)
        {
            AppendHash();
        }
    }

    private void AppendHash()
    {
        _buffer.AppendPair(RecordBuffer.Hash, _taken, _rolling);
        _hashed = _taken;
    }
}
