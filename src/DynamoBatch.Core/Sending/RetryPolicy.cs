using System;

namespace DynamoBatch.Core.Sending;

/// <summary>
/// When to try again: capped exponential back-off with full jitter, a pure function of the setbacks in a row and a random
/// number. (AWS Architecture Blog: Exponential Backoff And Jitter.) The only retry there is; the SDK's own is off.
/// </summary>
internal static class RetryPolicy
{
    /// <summary>The longest first wait. DynamoDB's own SDK default from the end of 2026 on.</summary>
    public static readonly TimeSpan Base = TimeSpan.FromMilliseconds(25);

    /// <summary>The longest wait of all: what is throttled for minutes should be met soon after it ends.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromSeconds(5);

    /// <summary>Never wait less, or a lucky row of random numbers becomes a hot loop.</summary>
    public static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(5);

    /// <summary>The wait before the next try.</summary>
    /// <param name="setbacks">Tries in a row that wrote nothing, from 1.</param>
    /// <param name="random">A number from 0 up to 1.</param>
    public static TimeSpan Delay(int setbacks, double random)
    {
        // 2^20 * 25 ms is past the cap by far; the bound keeps the shift in range.
        double ceiling = Math.Min(Cap.Ticks, Base.Ticks * (double)(1 << Math.Min(setbacks - 1, 20)));
        return TimeSpan.FromTicks(Math.Max(Floor.Ticks, (long)(ceiling * random)));
    }
}
