using System;
using System.Collections.Generic;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Reading;

/// <summary>An answer to a batch of keys, reduced to what the scheduler decides by. A read has no effect: NotWritten and Ambiguous both mean "ask again".</summary>
internal sealed class ReadReply
{
    public ReadReply(ReplyKind kind) => Kind = kind;

    public ReplyKind Kind { get; }

    /// <summary>By the request's order: the items. Empty where the answer holds none.</summary>
    public ReadOnlyMemory<byte>[] Items { get; init; } = [];

    /// <summary>By the request's order: which keys the service did not read. Null means that it read all.</summary>
    public bool[]? Unprocessed { get; init; }

    /// <summary>Bytes of the answer.</summary>
    public int Bytes { get; init; }

    /// <summary>Whether this answer throttled, wholly or in part.</summary>
    public bool Throttled { get; init; }

    /// <summary>Whether anything answered at all, be it with an error.</summary>
    public bool Reached { get; init; } = true;

    /// <summary>The fault in words.</summary>
    public string? Message { get; init; }

    /// <summary>The fault itself, without secrets.</summary>
    public Exception? Cause { get; init; }

    /// <summary>The failure of the table or of the run.</summary>
    public DdbException? Failure { get; init; }

    /// <summary>Read units by table, as the service reported them.</summary>
    public List<(ReadTable Table, double Units)> Consumed { get; init; } = [];

    /// <summary>How many of a request's keys the service had no capacity for.</summary>
    public int CountThrottled(int requested) =>
        !Throttled ? 0 : Unprocessed is null ? requested : Array.FindAll(Unprocessed, undone => undone).Length;
}
