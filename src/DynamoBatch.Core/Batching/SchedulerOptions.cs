using System;

namespace DynamoBatch.Core.Batching;

/// <summary>The times and counts by which the scheduler decides. All times in ticks.</summary>
internal sealed class SchedulerOptions
{
    /// <summary>How long a part-filled request waits for more.</summary>
    public long Linger { get; init; } = TimeSpan.FromMilliseconds(200).Ticks;

    /// <summary>How long a key's next write waits after an acknowledged write of which an earlier sending may land late.</summary>
    public long Quarantine { get; init; } = TimeSpan.FromSeconds(2).Ticks;

    /// <summary>Items give up when nothing was written to their table for that long.</summary>
    public long RetryTimeout { get; init; } = TimeSpan.FromMinutes(2).Ticks;

    /// <summary>Tries of one item at most.</summary>
    public int MaxTries { get; init; } = 100;

    /// <summary>The wait after so many sendings in a row that wrote nothing.</summary>
    public required Func<int, long> BackOff { get; init; }
}
