using System;
using System.Runtime.CompilerServices;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Batching;

/// <summary>One accepted write. Its bytes never change; the scheduler keeps its place in the order of its key.</summary>
public sealed class WriteOperation
{
    /// <summary>Creates a write.</summary>
    /// <param name="table">Where it goes.</param>
    /// <param name="verb">What it does.</param>
    /// <param name="item">The encoded item; for a delete, the key.</param>
    /// <param name="source">The caller's own object, handed back with the outcome.</param>
    public WriteOperation(WriteTable table, WriteVerb verb, EncodedItem item, object? source)
    {
        Table = table ?? throw new ArgumentNullException(nameof(table));
        Verb = verb;
        Item = item ?? throw new ArgumentNullException(nameof(item));
        Source = source;
    }

    /// <summary>Where it goes.</summary>
    public WriteTable Table { get; }

    /// <summary>What it does.</summary>
    public WriteVerb Verb { get; }

    /// <summary>The encoded item; for a delete, the key.</summary>
    public EncodedItem Item { get; }

    /// <summary>The caller's own object.</summary>
    public object? Source { get; }

    /// <summary>Whether it leaves nothing of the item that was there, so that it can replace a waiting write of its key.</summary>
    internal bool Overwrites => Verb is WriteVerb.Put or WriteVerb.Delete;

    /// <summary>How it is asked for, where BatchWriteItem cannot make it.</summary>
    internal ItemRequest? Request { get; init; }

    /// <summary>Whether it may be sent again after its answer was lost.</summary>
    internal RepeatRule Repeat => Request?.Repeat ?? RepeatRule.Safe;

    /// <summary>The kind of request that it goes by now.</summary>
    internal WriteRoute Route => Request is null ? WriteRoute.Batch
        : Request.HasStatement && !ByItself && !Table.StatementsDenied ? WriteRoute.Statements
        : WriteRoute.Single;

    /// <summary>Whether the service would not do it as a statement.</summary>
    internal bool ByItself { get; set; }

    /// <summary>By which the service knows it again, where its <see cref="Repeat"/> is by token.</summary>
    internal string Token { get; init; } = string.Empty;

    /// <summary>When the service may have forgotten the token of a sending whose answer was lost; null where there is none.</summary>
    internal DateTimeOffset? RepeatUntil { get; set; }

    /// <summary>Whether an earlier run may have written it.</summary>
    internal bool MayHaveLanded { get; set; }

    /// <summary>Its object's place in the pipeline, from one; zero where nobody counts.</summary>
    internal long Ordinal { get; init; }

    /// <summary>What its object adds to the identity of the input.</summary>
    internal ulong Contribution { get; init; }

    /// <summary>Write units, estimated: one for each KB begun, without indexes. (Amazon DynamoDB: read and write capacity.)</summary>
    internal int Units => Math.Max(1, (Item.Size + 1023) / 1024) * (Request?.CostFactor ?? 1);

    /// <summary>How often it was sent.</summary>
    internal int Tries { get; set; }

    /// <summary>When it was first sent, in the scheduler's ticks.</summary>
    internal long FirstSent { get; set; }

    /// <summary>The waiting write that this one replaced; kept until this one is acknowledged.</summary>
    internal WriteOperation? Predecessor { get; set; }

    /// <summary>What became of the later write that had replaced this one and then failed: told right behind this one's own fate.</summary>
    internal StrongBox<WriteOutcome>? Later { get; set; }

    /// <summary>The next write of the same key, which waits for this one.</summary>
    internal WriteOperation? Next { get; set; }
}
