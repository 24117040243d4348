using System;
using System.Collections.Generic;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Comparing;

/// <summary>How two tables are compared.</summary>
public sealed class ComparisonOptions
{
    /// <summary>Whether pairs that are equal are told too. The image in hand then stands for both sides.</summary>
    public bool IncludeEqual { get; init; }

    /// <summary>The top-level attributes that are compared; null for all. What is told of an item is always the whole of it.</summary>
    public IReadOnlyCollection<string>? Attributes { get; init; }

    /// <summary>Requests in flight at most, of both scans and the lookups together.</summary>
    public int ThrottleLimit { get; init; } = 64;

    /// <summary>Read units a second at most, of both tables together; null is no cap.</summary>
    public int? MaxReadCapacity { get; init; }

    /// <summary>It is given up when nothing was read for that long.</summary>
    public TimeSpan RetryTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Tries of one key, or of one page without progress, at most.</summary>
    public int MaxRetry { get; init; } = 100;

    /// <summary>An endpoint that answered nothing for so long since the first request ends the run.</summary>
    public TimeSpan FirstAnswerTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Called, on any thread, when there is something to take, or the end.</summary>
    public Action? Signal { get; init; }

    /// <summary>Told what the comparison decides. Called under a lock; must return at once.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The seed of the jitter; null for a random one.</summary>
    public int? Seed { get; init; }

    /// <summary>Bytes of unmatched keys that are kept, about: a million keys. The oldest are looked up instead.</summary>
    internal long MaxWaitingBytes { get; init; } = 160L * 1000 * 1000;

    /// <summary>Bytes of pairs that wait to be taken, about, before reading pauses.</summary>
    internal long MaxUntakenBytes { get; init; } = 16L * 1024 * 1024;

    /// <summary>How one of its readers asks.</summary>
    internal ReaderOptions ToReaderOptions(int throttleLimit, bool consistent, SharedCapacity capacity, Action signal) => new()
    {
        ThrottleLimit = throttleLimit,
        MaxReadCapacity = MaxReadCapacity,
        SharedCapacity = capacity,
        ConsistentRead = consistent,
        RetryTimeout = RetryTimeout,
        MaxRetry = MaxRetry,
        FirstAnswerTimeout = FirstAnswerTimeout,
        Signal = signal,
        Log = Log,
        Clock = Clock,
        Seed = Seed,
    };
}
