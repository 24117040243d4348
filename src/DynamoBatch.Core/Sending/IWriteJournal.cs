using System;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Sending;

/// <summary>Told what a writer is about to do and what became of it. Called under the writer's lock.</summary>
internal interface IWriteJournal
{
    /// <summary>Why nothing more can be kept; null while it can.</summary>
    Exception? Fault { get; }

    /// <summary>A request is about to be sent. False where it must not be, for what is in it could not be announced.</summary>
    bool Announce(WriteRequest request);

    /// <summary>A write is decided.</summary>
    void Decided(in WriteOutcome outcome);

    /// <summary>A request is settled: what was decided by it belongs together.</summary>
    void Settled();
}
