using System;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Core.Reading;

/// <summary>
/// How fast keys may be asked for: requests in flight, by what the service can take; read units, by what the user allows; and
/// answers, by the memory that the caller leaves free.
/// </summary>
internal sealed class ReadPace
{
    /// <summary>Bytes of items that wait to be taken, and of answers that are expected, at most. A full answer has 16 MB.</summary>
    private const long MaxBufferedBytes = 48L * 1024 * 1024;

    private const double Smoothing = 0.2;
    private static readonly long LogPause = TimeSpan.FromSeconds(2).Ticks;

    private readonly LaneController _lanes;
    private readonly CapacityLimiter _capacity;
    private readonly Action<string>? _log;
    private double _unitsPerKey;
    private double _bytesPerAnswer = 3.0 * 1024 * 1024;
    private long _logAgainAt;

    public ReadPace(ReaderOptions options)
    {
        _lanes = new LaneController(options.ThrottleLimit);
        _capacity = options.SharedCapacity?.Limiter ?? new CapacityLimiter(options.MaxReadCapacity);
        _unitsPerKey = options.ConsistentRead ? 1 : 0.5; // An item of 4 KB at most.
        _log = options.Log;
    }

    /// <summary>Requests in flight at most, at this time.</summary>
    public int MaxLanes => _lanes.Limit;

    /// <summary>Keys that one request may hold: at most one second's cap.</summary>
    public int MaxKeys => Math.Max(1, (int)Math.Min(ReadRequest.MaxKeys, _capacity.MaxUnitsPerRequest / _unitsPerKey));

    /// <summary>When the next request may leave, in ticks.</summary>
    public long DueAt => _capacity.DueAt;

    /// <summary>Whether one more answer is likely to have room.</summary>
    /// <param name="inFlight">Requests in flight.</param>
    /// <param name="buffered">Bytes of items that wait to be taken.</param>
    public bool HasRoom(int inFlight, long buffered) =>
        inFlight + buffered == 0 || buffered + ((inFlight + 1) * _bytesPerAnswer) <= MaxBufferedBytes;

    /// <summary>Books a request that leaves now.</summary>
    public void Reserve(ReadRequest request, long now)
    {
        request.ReservedUnits = request.Count * _unitsPerKey;
        _capacity.Reserve(request.ReservedUnits, now);
    }

    /// <summary>Learns from an answer.</summary>
    public void Learn(ReadRequest request, ReadReply reply, long elapsed, bool saturated, long now)
    {
        double consumed = 0;
        foreach ((ReadTable _, double units) in reply.Consumed)
        {
            consumed += units;
        }

        // Where the service does not report, or the answer was lost, the estimate stands.
        if (reply.Kind is ReplyKind.Answered ? reply.Consumed.Count > 0 : reply.Kind is not ReplyKind.Ambiguous)
        {
            _capacity.Correct(request.ReservedUnits, consumed);
        }

        int throttled = reply.CountThrottled(request.Count);
        if (_lanes.Count(request.Count, throttled, now) && now >= _logAgainAt)
        {
            _logAgainAt = now + LogPause;
            _log?.Invoke($"Throttled: at most {_lanes.Limit} request(s) in flight now. {reply.Message}");
        }

        if (reply.Kind is not ReplyKind.Answered)
        {
            return;
        }

        int read = request.Count - throttled;
        if (read > 0 && consumed > 0)
        {
            _unitsPerKey += Smoothing * ((consumed / read) - _unitsPerKey);
        }

        // Upwards at once: it is what bounds memory.
        _bytesPerAnswer = Math.Max(reply.Bytes, _bytesPerAnswer + (Smoothing * (reply.Bytes - _bytesPerAnswer)));
        if (request.Count == ReadRequest.MaxKeys)
        {
            _lanes.Answered(elapsed, saturated, now);
        }
    }
}
