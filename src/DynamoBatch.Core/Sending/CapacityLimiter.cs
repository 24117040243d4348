using System;

namespace DynamoBatch.Core.Sending;

/// <summary>
/// Keeps a run under so many capacity units a second. A request may leave when the units of those before it are paid for. What
/// late timers lose is made up for, a twentieth of a second at most, so there is no burst: in any second no more leaves than the
/// cap, that twentieth and one request, and one request holds at most one second's cap. Thread-safe: readers may share one, and
/// then it is one request of each.
/// </summary>
internal sealed class CapacityLimiter
{
    private static readonly long Credit = TimeSpan.FromMilliseconds(50).Ticks;

    private readonly object _gate = new();
    private readonly double _ticksPerUnit;
    private double _paidAt;

    /// <summary>Creates a limiter.</summary>
    /// <param name="unitsPerSecond">The cap; null is no cap.</param>
    public CapacityLimiter(int? unitsPerSecond)
    {
        MaxUnitsPerRequest = unitsPerSecond ?? int.MaxValue;
        _ticksPerUnit = unitsPerSecond is { } cap ? (double)TimeSpan.TicksPerSecond / cap : 0;
    }

    /// <summary>Units that one request may hold.</summary>
    public int MaxUnitsPerRequest { get; }

    /// <summary>When the next request may leave, in ticks.</summary>
    public long DueAt
    {
        get
        {
            lock (_gate)
            {
                return (long)Math.Ceiling(_paidAt);
            }
        }
    }

    /// <summary>Books a request that leaves now.</summary>
    public void Reserve(double units, long now)
    {
        lock (_gate)
        {
            _paidAt = Math.Max(_paidAt, now - Credit) + (units * _ticksPerUnit);
        }
    }

    /// <summary>Corrects a booking by what the service reports: indexes cost more, unprocessed items nothing.</summary>
    public void Correct(double reserved, double consumed)
    {
        lock (_gate)
        {
            _paidAt += (consumed - reserved) * _ticksPerUnit;
        }
    }
}
