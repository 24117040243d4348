using System;
using System.Collections.Generic;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Reading;

/// <summary>An answer to a scan or a query, reduced to what the reader decides by.</summary>
internal sealed record PageReply
{
    public PageReply(ReplyKind kind) => Kind = kind;

    public ReplyKind Kind { get; }

    public List<ReadOnlyMemory<byte>> Items { get; init; } = [];

    /// <summary>Where the next page begins; null where there is none.</summary>
    public byte[]? LastEvaluatedKey { get; init; }

    /// <summary>Items looked at, filtered ones included.</summary>
    public long Scanned { get; init; }

    /// <summary>Read units, as the service reported them; null where it did not.</summary>
    public double? Units { get; init; }

    /// <summary>Bytes of the answer.</summary>
    public int Bytes { get; init; }

    /// <summary>What whoever reads the page made of its items where it came in; null where nothing.</summary>
    public object? Made { get; init; }

    public bool Throttled { get; init; }

    /// <summary>Whether anything answered at all, be it with an error.</summary>
    public bool Reached { get; init; } = true;

    /// <summary>The fault in words.</summary>
    public string? Message { get; init; }

    /// <summary>The failure of the table or of the run.</summary>
    public DdbException? Failure { get; init; }
}
