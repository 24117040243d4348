using System;

namespace DynamoBatch.Core.Sending;

/// <summary>
/// Finds the useful number of requests in flight. It grows by one for each full round that nothing slowed, and shrinks when the
/// service throttles, or when answers take much longer than the fastest did: then more requests would only wait somewhere else.
/// </summary>
internal sealed class LaneController
{
    /// <summary>Where it starts, and what slow answers alone never go below: the usual hand-written loop has 16 in flight.</summary>
    public const int Start = 16;

    private const double SlowFactor = 3;
    private const double Shrink = 0.7;
    private static readonly long ThrottlePause = TimeSpan.FromMilliseconds(250).Ticks;
    private static readonly long Forget = TimeSpan.FromSeconds(10).Ticks;

    private readonly int _max;
    private readonly int _floor;
    private double _limit;
    private double _fastest = double.MaxValue;
    private double _usual;
    private long _fastestUntil;
    private long _shrunkAt = long.MinValue / 2;

    public LaneController(int max)
    {
        _max = max;
        _floor = Math.Min(Start, max);
        _limit = _floor;
    }

    /// <summary>Requests in flight at most, at this time.</summary>
    public int Limit => Math.Max(1, (int)_limit);

    /// <summary>A request was answered without throttling.</summary>
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
        if (!saturated || now - _shrunkAt < ThrottlePause)
        {
            return;
        }

        if (_usual > _fastest * SlowFactor && _limit > _floor)
        {
            _limit = Math.Max(_floor, _limit - (1 / _limit));
        }
        else if (_usual <= _fastest * SlowFactor || _limit < _floor)
        {
            _limit = Math.Min(_max, _limit + (1 / _limit));
        }
    }

    /// <summary>The service throttled. One shrinking for all answers of the same moment.</summary>
    public bool Throttled(long now)
    {
        if (now - _shrunkAt < ThrottlePause)
        {
            return false;
        }

        _shrunkAt = now;
        _limit = Math.Max(1, _limit * Shrink);
        return true;
    }
}
