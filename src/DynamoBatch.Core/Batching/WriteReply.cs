using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Batching;

/// <summary>An answer, reduced to what the scheduler decides by.</summary>
internal sealed class WriteReply
{
    public WriteReply(ReplyKind kind) => Kind = kind;

    public ReplyKind Kind { get; }

    /// <summary>By the request's order: what the answer says of each write. Null means that it did all.</summary>
    public ItemReply[]? Items { get; init; }

    /// <summary>Whether this answer throttled, wholly or in part.</summary>
    public bool Throttled { get; init; }

    /// <summary>Whether anything answered at all, be it with an error.</summary>
    public bool Reached { get; init; } = true;

    /// <summary>The fault in words: what the service said, and why it throttled where it told.</summary>
    public string? Message { get; init; }

    /// <summary>The fault itself, without secrets.</summary>
    public Exception? Cause { get; init; }

    /// <summary>The failure of the table or of the run.</summary>
    public DdbException? Failure { get; init; }

    /// <summary>Write units by table, as the service reported them.</summary>
    public IReadOnlyList<ConsumedUnits> Consumed { get; init; } = Array.Empty<ConsumedUnits>();

    /// <summary>What it says of one write.</summary>
    /// <param name="index">The write's place in the request.</param>
    public ItemReply Of(int index) => Items is not null ? Items[index] : new ItemReply(
        Kind switch
        {
            ReplyKind.Answered => ItemReplyKind.Written,
            ReplyKind.Ambiguous => ItemReplyKind.Ambiguous,
            ReplyKind.Rejected => ItemReplyKind.Refused,
            _ => ItemReplyKind.NotWritten,
        },
        Message)
    {
        Cause = Cause,
    };

    /// <summary>How many of a request's writes the service had no capacity for.</summary>
    public int CountThrottled(int requested) =>
        !Throttled ? 0 : Items is null ? requested : Array.FindAll(Items, item => item.Kind is ItemReplyKind.NotWritten).Length;
}
