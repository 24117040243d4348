using System;
using System.Collections.Generic;
using System.Threading;
using DynamoBatch.LocalAws.Faults;

namespace DynamoBatch.LocalAws.Log;

/// <summary>What became of one request. Its ending is filled in when it ends.</summary>
public sealed class RequestRecord
{
    private long _answered;

    internal RequestRecord(long sequence, string operation, long received, int bytes)
    {
        Sequence = sequence;
        Operation = operation;
        Received = received;
        Bytes = bytes;
    }

    /// <summary>1 for the first request after the last reset.</summary>
    public long Sequence { get; }

    /// <summary>BatchWriteItem, Scan, ...</summary>
    public string Operation { get; }

    /// <summary>The tables it names, by name or ARN; those of batches, transactions and statements when keys are logged.</summary>
    public IReadOnlyList<string> Tables { get; internal set; } = Array.Empty<string>();

    /// <summary>When its body had arrived, a <see cref="TimeProvider" /> timestamp.</summary>
    public long Received { get; }

    /// <summary>When its answer was about to be sent, or its connection to be cut; 0: still in flight.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Length of the request's body.</summary>
    public int Bytes { get; }

    /// <summary>The fault injected.</summary>
    public FaultKind Fault { get; internal set; }

    /// <summary>The status answered; 0: none (cut or hung).</summary>
    public int Status { get; internal set; }

    /// <summary>When a late write landed; 0: it has not, or was none.</summary>
    public long Landed { get; internal set; }

    /// <summary>Items that the request writes, or asks for by key (Scan and Query: none), when keys are logged.</summary>
    public int Items { get; internal set; }

    /// <summary>Items handed back in UnprocessedItems or UnprocessedKeys, or statements that failed by a fault.</summary>
    public int Unprocessed { get; internal set; }

    /// <summary>"table key" of each item written, when keys are logged.</summary>
    public IReadOnlyList<string> Keys { get; internal set; } = Array.Empty<string>();

    /// <summary>"table key" of each item asked for by key, when keys are logged.</summary>
    public IReadOnlyList<string> ReadKeys { get; internal set; } = Array.Empty<string>();

    /// <summary>The access key that signed it; empty: it was not signed.</summary>
    public string AccessKey { get; internal set; } = string.Empty;

    /// <summary>The region that it was signed for; empty: it was not signed.</summary>
    public string Region { get; internal set; } = string.Empty;

    /// <summary>The TCP connection that it came over.</summary>
    public string Connection { get; internal set; } = string.Empty;

    internal bool TryEnd(long now) => Interlocked.CompareExchange(ref _answered, now, 0) == 0;
}
