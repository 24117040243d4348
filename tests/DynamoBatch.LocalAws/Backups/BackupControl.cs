using System;
using System.Threading;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>The clock and the durations of backups, restores and deletions; both can be changed at run time.</summary>
public sealed class BackupControl
{
    private readonly TimeProvider _time;
    private readonly object _lock = new();
    private volatile BackupSettings _settings;
    private long _offset;
    private long _lastChange;

    internal BackupControl(BackupSettings settings, TimeProvider time, TimeSpan behind = default)
    {
        settings.Check();
        _settings = settings;
        _time = time;
        _offset = -behind.Ticks;
    }

    /// <summary>What is set now.</summary>
    public BackupSettings Settings => _settings;

    /// <summary>The time by which history is recorded: that of the options, moved by <see cref="Advance" />.</summary>
    public DateTimeOffset Now => _time.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));

    /// <summary>How far the clock has been moved.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>Moves the clock forward. Other clocks of the local AWS (latency, token buckets, signatures) stay.</summary>
    /// <exception cref="ArgumentException">Backward: history would not be in order.</exception>
    public void Advance(TimeSpan by)
    {
        if (by < TimeSpan.Zero)
        {
            throw new ArgumentException("The clock moves forward only.");
        }

        Interlocked.Add(ref _offset, by.Ticks);
    }

    /// <summary>Replaces the durations. What waits already waits for the time that was set when it began.</summary>
    /// <exception cref="ArgumentException">A duration is negative.</exception>
    public void Set(BackupSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        _settings = settings;
    }

    /// <summary>The time of a change, in ticks: later than that of every change before.</summary>
    internal long NextChange()
    {
        lock (_lock)
        {
            return _lastChange = Math.Max(_lastChange + 1, Now.UtcTicks);
        }
    }
}
