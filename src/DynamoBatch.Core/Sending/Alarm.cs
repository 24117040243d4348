using System;
using System.Threading;

namespace DynamoBatch.Core.Sending;

/// <summary>Calls back at the earliest of the times asked for. Its caller serializes the calls of <see cref="SetFor"/> and <see cref="Rang"/>.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly ITimer _timer;
    private long _setFor = long.MaxValue;

    public Alarm(TimeProvider clock, Action ring) =>
        _timer = clock.CreateTimer(_ => ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Asks for a time, in ticks. One that is set already and comes earlier stays.</summary>
    public void SetFor(long due, long now)
    {
        if (due > now && due < _setFor)
        {
            _setFor = due;

            // Timers count whole milliseconds and must not ring early.
            _timer.Change(TimeSpan.FromTicks(due - now) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>To be called from the callback: nothing is set any more.</summary>
    public void Rang() => _setFor = long.MaxValue;

    public void Dispose() => _timer.Dispose();
}
