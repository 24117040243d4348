using System;
using System.Threading;

namespace DynamoBatch.Core.Tests.LocalAws;

/// <summary>A clock that moves only when told to; timers stay the real ones.</summary>
internal class ManualTime : TimeProvider
{
    // Between two seconds: what is asked for in whole seconds lies clearly before or after.
    private long _ticks = new DateTime(2026, 11, 20, 10, 15, 0, 500).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public virtual void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
