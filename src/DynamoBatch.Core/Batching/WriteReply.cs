using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Batching;

/// <summary>An answer, reduced to what the scheduler decides by.</summary>
internal sealed class WriteReply
{
    public WriteReply(ReplyKind kind) => Kind = kind;

    public ReplyKind Kind { get; }

    /// <summary>By the request's order: which writes the service did not do. Null means that it did all.</summary>
    public bool[]? Unprocessed { get; init; }

    /// <summary>Whether this answer throttled, wholly or in part.</summary>
    public bool Throttled { get; init; }

    /// <summary>Whether anything answered at all, be it with an error.</summary>
    public bool Reached { get; init; } = true;

    /// <summary>The fault in words: what the service said, and why it throttled where it told.</summary>
    public string? Message { get; init; }

    /// <summary>The failure of the table or of the run.</summary>
    public DdbException? Failure { get; init; }

    /// <summary>Write units by table, as the service reported them.</summary>
    public IReadOnlyList<ConsumedUnits> Consumed { get; init; } = Array.Empty<ConsumedUnits>();

    /// <summary>How many of a request's writes the service had no capacity for.</summary>
    public int CountThrottled(int requested) =>
        !Throttled ? 0 : Unprocessed is null ? requested : Array.FindAll(Unprocessed, undone => undone).Length;
}
