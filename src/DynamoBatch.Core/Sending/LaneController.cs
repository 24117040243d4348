using System;

namespace DynamoBatch.Core.Sending;

/// <summary>
/// Finds the useful number of requests in flight. It grows by one for each full round that nothing slowed. It shrinks by
/// half the share of items that the service throttles, which leads it to the table's capacity without starving it, and where
/// answers take much longer than the fastest did: then more requests would only wait somewhere else.
/// </summary>
internal sealed class LaneController
{
    /// <summary>Where it starts, and what slow answers alone never go below: the usual hand-written loop has 16 in flight.</summary>
    public const int Start = 16;

    private const double SlowFactor = 3;

    /// <summary>Lanes tried in addition, a window, while the service throttles. Together with the shrinking this settles where
    /// the share that comes back is about one item in as many as there are lanes: the price of using all of the capacity.</summary>
    private const double CautiousGrowth = 0.5;

    private static readonly long Window = TimeSpan.FromMilliseconds(250).Ticks;
    private static readonly long Caution = TimeSpan.FromSeconds(2).Ticks;
    private static readonly long Forget = TimeSpan.FromSeconds(10).Ticks;

    private readonly int _max;
    private readonly int _floor;
    private double _limit;
    private double _fastest = double.MaxValue;
    private double _usual;
    private long _fastestUntil;
    private long _windowEnd;
    private long _cautiousUntil = long.MinValue;
    private int _items;
    private int _throttled;

    public LaneController(int max)
    {
        _max = max;
        _floor = Math.Min(Start, max);
        _limit = _floor;
    }

    /// <summary>Requests in flight at most, at this time.</summary>
    public int Limit => Math.Max(1, (int)_limit);

    /// <summary>A full request was answered.</summary>
    /// <param name="elapsed">How long that took, in ticks.</param>
    /// <param name="saturated">Whether all lanes were in use; if not, more lanes were of no use.</param>
    /// <param name="now">The time, in ticks.</param>
    public void Answered(long elapsed, bool saturated, long now)
    {
        if (elapsed < _fastest || now > _fastestUntil)
        {
            _fastest = elapsed;
            _fastestUntil = now + Forget;
        }

        _usual = _usual == 0 ? elapsed : (_usual * 0.95) + (elapsed * 0.05);
        bool slow = _usual > _fastest * SlowFactor;
        if (slow && _limit > _floor)
        {
            _limit = Math.Max(_floor, _limit - (1 / _limit));
        }
        else if (saturated && now >= _cautiousUntil && (!slow || _limit < _floor))
        {
            _limit = Math.Min(_max, _limit + (1 / _limit));
        }
    }

    /// <summary>Counts what became of a request's items. True where that shrank the limit.</summary>
    /// <param name="items">The request's items.</param>
    /// <param name="throttled">Those that the service had no capacity for.</param>
    /// <param name="now">The time, in ticks.</param>
    public bool Count(int items, int throttled, long now)
    {
        _items += items;
        _throttled += throttled;
        if (now < _windowEnd)
        {
            return false;
        }

        double share = (double)_throttled / _items;
        _items = _throttled = 0;
        _windowEnd = now + Window;
        if (share > 0)
        {
            _cautiousUntil = now + Caution;
        }

        if (now >= _cautiousUntil)
        {
            return false;
        }

        double before = _limit;
        _limit = Math.Min(_max, Math.Max(1, (_limit * (1 - (share / 2))) + CautiousGrowth));
        return _limit < before;
    }
}
