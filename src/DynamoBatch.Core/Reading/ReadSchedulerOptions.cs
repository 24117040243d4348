using System;

namespace DynamoBatch.Core.Reading;

/// <summary>What a read scheduler decides by. Times are ticks.</summary>
internal sealed class ReadSchedulerOptions
{
    public TimeSpan Linger { get; init; }

    public TimeSpan RetryTimeout { get; init; }

    public int MaxTries { get; init; }

    /// <summary>Whether a read may see no older state than that of the moment when it was asked for.</summary>
    public bool Consistent { get; init; }

    /// <summary>The wait after so many setbacks in a row.</summary>
    public Func<int, long> BackOff { get; init; } = _ => 0;
}
