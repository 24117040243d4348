using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.Core.Tests.LocalAws;

/// <summary>A clock that moves only when told to, and rings its timers then.</summary>
internal sealed class SteppedTime : ManualTime
{
    private readonly object _gate = new();
    private readonly List<Timer> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public override void Advance(TimeSpan by)
    {
        Timer[] due;
        lock (_gate)
        {
            base.Advance(by);
            due = _timers.Where(t => t.DueAt <= GetTimestamp()).OrderBy(t => t.DueAt).ToArray();
            _timers.RemoveAll(due.Contains);
        }

        Array.ForEach(due, t => t.Ring());
    }

    // What is waited for may set its timer late: the clock must go on until it has rung.
    public async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        while (!task.IsCompleted)
        {
            Advance(step);
            await Task.WhenAny(task, Task.Delay(5));
        }

        await task;
    }

    /// <summary>Rings once each time that it is set.</summary>
    private sealed class Timer(SteppedTime time, Action ring) : ITimer
    {
        public long DueAt { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    DueAt = time.GetTimestamp() + dueTime.Ticks;
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
