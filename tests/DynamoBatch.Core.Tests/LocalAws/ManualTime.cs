using System;

namespace DynamoBatch.Core.Tests.LocalAws;

/// <summary>A clock that moves only when told to; timers stay the real ones.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan by) => _ticks += by.Ticks;
}
