using System;

namespace DynamoBatch.Core.Tests.LocalAws;

/// <summary>A clock that moves only when told to; timers stay the real ones.</summary>
internal sealed class ManualTime : TimeProvider
{
    // Between two seconds: what is asked for in whole seconds lies clearly before or after.
    private static readonly DateTimeOffset s_start = new(2026, 11, 20, 10, 15, 0, 500, TimeSpan.Zero);

    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(_ticks);

    public void Advance(TimeSpan by) => _ticks += by.Ticks;
}
