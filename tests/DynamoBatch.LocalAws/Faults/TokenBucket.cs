using System;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Units per second, with a burst. A write larger than the whole bucket passes when the bucket is full, and leaves a debt.</summary>
internal sealed class TokenBucket
{
    private readonly double _unitsPerSecond;
    private readonly double _size;
    private readonly TimeProvider _time;
    private readonly object _lock = new();
    private double _tokens;
    private long _filled;

    public TokenBucket(double unitsPerSecond, double burstSeconds, TimeProvider time)
    {
        _unitsPerSecond = unitsPerSecond;
        _size = unitsPerSecond * burstSeconds;
        _time = time;
        _tokens = _size;
        _filled = time.GetTimestamp();
    }

    public bool TryTake(double units)
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            _tokens = Math.Min(_size, _tokens + (_time.GetElapsedTime(_filled, now).TotalSeconds * _unitsPerSecond));
            _filled = now;
            if (_tokens < Math.Min(units, _size))
            {
                return false;
            }

            _tokens -= units;
            return true;
        }
    }

    public void GiveBack(double units)
    {
        lock (_lock)
        {
            _tokens += units;
        }
    }
}
