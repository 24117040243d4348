using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Resuming;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Pipeline;

/// <summary>The -CheckpointPath of a run: what the runs before did, and what this one does.</summary>
internal sealed class Checkpoint : IDisposable
{
    private readonly WriterJournal _journal;
    private readonly ResumeGate<ItemKey, TakenObject> _gate;
    private readonly HashSet<TableRun> _met = new();
    private readonly long _openedAt = TimeProvider.System.GetTimestamp();

    private Checkpoint(WriterJournal journal)
    {
        _journal = journal;
        _gate = new ResumeGate<ItemKey, TakenObject>(journal.History);
    }

    /// <summary>Told by the writer what becomes of each write.</summary>
    public IWriteJournal Journal => _journal;

    /// <summary>Objects that the runs before knew.</summary>
    public long LastOrdinal => _journal.History.LastOrdinal;

    /// <summary>How long requests of a run that was killed just now may still land, so that nothing should be sent before. When it was
    /// killed nobody knows: a request without an answer leaves no trace in the file.</summary>
    public TimeSpan Unrest => _journal.IsResumed ? new WriterOptions().Quarantine - TimeProvider.System.GetElapsedTime(_openedAt) : TimeSpan.Zero;

    /// <summary>Opens the file that the command names.</summary>
    /// <exception cref="CheckpointException">It cannot be used.</exception>
    public static Checkpoint Open(WriteCommand command, string endpoint)
    {
        string path = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(command.CheckpointPath!, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem" || !Directory.Exists(Path.GetDirectoryName(path)) || Directory.Exists(path))
        {
            throw new CheckpointException(CheckpointProblem.NotUsable, $"-CheckpointPath '{command.CheckpointPath}' is not a file in an existing folder.");
        }

        var header = new CheckpointHeader(Guid.NewGuid(), command.MyInvocation.MyCommand.Name, CheckpointSettings.Of(command, endpoint));
        return new Checkpoint(new WriterJournal(CheckpointOpening.Open(path, header, TimeProvider.System)));
    }

    /// <summary>Makes a step; its fault, where the checkpoint cannot be used.</summary>
    public static CheckpointException? Try(Action step)
    {
        try
        {
            step();
            return null;
        }
        catch (CheckpointException exception)
        {
            return exception;
        }
    }

    /// <summary>What an object adds to the identity of the input.</summary>
    public static ulong ContributionOf(WriteTable table, WriteVerb verb, EncodedItem item) =>
        ContributionHash.Of(table.NameUtf8, (int)verb, item.Json.Span);

    /// <summary>The token of a write that goes as a transaction: the same in each run.</summary>
    public string TokenOf(long ordinal, ulong contribution) => RequestToken.For(_journal.Id, ordinal, contribution);

    /// <summary>Takes an object, in the order of the pipeline.</summary>
    /// <exception cref="CheckpointException">The input changed, or a table is not the one that the runs before wrote to.</exception>
    public void Offer(TakenObject taken)
    {
        if (taken.Table.Table is { } opened && _met.Add(taken.Table))
        {
            _journal.OpenTable(taken.Table.Name, opened.Schema.Id);
        }

        ulong contribution = taken.Write?.Contribution ?? ContributionHash.Refused;
        _journal.Taken(taken.Ordinal, contribution);
        _gate.Offer(
            taken.Write is { } write
                ? new ResumeWrite<ItemKey, TakenObject>(
                    taken.Ordinal, contribution, taken, false, new ItemKey(write.Table, write.Item.Key), write.Overwrites, write.Repeat is RepeatRule.Safe)
                : new ResumeWrite<ItemKey, TakenObject>(taken.Ordinal, contribution, taken, true, default, false, true));
    }

    /// <summary>The next object of which is known what to do.</summary>
    public bool TryRead(out ResumeVerdict<TakenObject> verdict) => _gate.TryRead(out verdict);

    /// <summary>Makes a write ready to be sent although it may have landed. False where it may not be sent.</summary>
    public static bool TryRepeat(ResumeVerdict<TakenObject> verdict)
    {
        WriteOperation write = verdict.Payload.Write!;
        write.MayHaveLanded = true;
        if (write.Repeat is RepeatRule.ByToken)
        {
            write.RepeatUntil = RequestToken.RepeatUntil(verdict.IntendedAt ?? 0, TimeProvider.System.GetUtcNow());
        }

        return write.Repeat is not RepeatRule.Never;
    }

    /// <summary>An object was told to be refused.</summary>
    public void Refused(TakenObject taken) => _journal.Refused(taken.Ordinal, ContributionHash.Refused);

    /// <summary>An object that failed in a run before is void by a later write of its key.</summary>
    public void Replaced(TakenObject taken) => _journal.Replaced(taken.Ordinal);

    /// <summary>The input has ended.</summary>
    /// <exception cref="CheckpointException">It is shorter than it was.</exception>
    public void Complete() => _gate.Complete();

    /// <summary>The run ends early: the objects of which nothing has been told, and what was to be done with each.</summary>
    public IReadOnlyList<ResumeVerdict<TakenObject>> Abandon() => _gate.Abandon();

    public void Dispose() => _journal.Dispose();
}
