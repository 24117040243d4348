using System;
using System.Collections.Generic;
using System.IO;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Resuming;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>A checkpoint as the commands keep it: each object's identity, in a file that is begun with the run and deleted after it.</summary>
internal sealed class EngineCheckpoint : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"DynamoBatch.Benchmarks.{Guid.NewGuid():N}.checkpoint");
    private readonly ResumeGate<ItemKey, WriteOperation> _gate;
    private long _taken;

    public EngineCheckpoint()
    {
        var header = new CheckpointHeader(Guid.NewGuid(), "Benchmark", new Dictionary<string, string>());
        Journal = new WriterJournal(CheckpointOpening.Open(_path, header, TimeProvider.System));
        _gate = new ResumeGate<ItemKey, WriteOperation>(Journal.History);
    }

    public WriterJournal Journal { get; }

    /// <summary>Makes a write that the checkpoint knows.</summary>
    public WriteOperation Take(WriteTable table, WriteVerb verb, EncodedItem item)
    {
        ulong contribution = ContributionHash.Of(table.NameUtf8, (int)verb, item.Json.Span);
        var write = new WriteOperation(table, verb, item, null) { Ordinal = ++_taken, Contribution = contribution };
        Journal.Taken(write.Ordinal, contribution);
        _gate.Offer(new ResumeWrite<ItemKey, WriteOperation>(write.Ordinal, contribution, write, false, new ItemKey(table, item.Key), true, true));
        return _gate.TryRead(out ResumeVerdict<WriteOperation> verdict)
            ? verdict.Payload
            : throw new InvalidOperationException("A new checkpoint holds nothing back.");
    }

    public void Dispose()
    {
        Journal.Dispose();
        File.Delete(_path);
    }
}
