using System;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Sending;

/// <summary>How fast a run may go: requests in flight, by what the service can take, and capacity units, by what the user allows.</summary>
internal sealed class Throughput
{
    private static readonly long LogPause = TimeSpan.FromSeconds(2).Ticks;

    private readonly LaneController _lanes;
    private readonly CapacityLimiter _capacity;
    private readonly Action<string>? _log;
    private string? _throttleReason;
    private long _logAgainAt;
    private bool _toldOfRerouting;

    public Throughput(WriterOptions options)
    {
        _lanes = new LaneController(options.ThrottleLimit);
        _capacity = new CapacityLimiter(options.MaxWriteCapacity);
        _log = options.Log;
    }

    /// <summary>Requests in flight at most, at this time.</summary>
    public int MaxLanes => _lanes.Limit;

    /// <summary>Write units that one request may hold.</summary>
    public int MaxUnitsPerRequest => _capacity.MaxUnitsPerRequest;

    /// <summary>When the next request may leave, in ticks.</summary>
    public long DueAt => _capacity.DueAt;

    /// <summary>Books a request that leaves now.</summary>
    public void Reserve(WriteRequest request, long now) => _capacity.Reserve(request.Units, now);

    /// <summary>Learns from an answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="reply">Its answer.</param>
    /// <param name="elapsed">How long that took, in ticks.</param>
    /// <param name="saturated">Whether all lanes were in use.</param>
    /// <param name="now">The time, in ticks.</param>
    public void Learn(WriteRequest request, WriteReply reply, long elapsed, bool saturated, long now)
    {
        CorrectCapacity(request, reply);
        _throttleReason = reply.Throttled ? reply.Message : _throttleReason;
        if (_lanes.Count(request.Count, reply.CountThrottled(request.Count), now) && now >= _logAgainAt)
        {
            _logAgainAt = now + LogPause;
            _log?.Invoke($"Throttled: at most {_lanes.Limit} request(s) in flight now. {_throttleReason}");
        }

        if (reply.Kind is ReplyKind.Ambiguous && now >= _logAgainAt)
        {
            _logAgainAt = now + LogPause;
            _log?.Invoke($"The answer to a request of {request.Count} items was lost. {reply.Message}");
        }

        if (!_toldOfRerouting && reply.Items is { } items && Array.Find(items, item => item.Kind is ItemReplyKind.ByItself) is { Message: { } why })
        {
            _toldOfRerouting = true;
            _log?.Invoke($"What is refused as a PartiQL statement is sent by a request of its own. {why}");
        }

        // Only full requests: a short one is answered faster, and says nothing of the load.
        if (reply.Kind is ReplyKind.Answered && request.IsFull)
        {
            _lanes.Answered(elapsed, saturated, now);
        }
    }

    private void CorrectCapacity(WriteRequest request, WriteReply reply)
    {
        double consumed = 0;
        foreach (ConsumedUnits units in reply.Consumed)
        {
            consumed += units.Units;
        }

        // Where the service does not report, or the answer was lost, the estimate stands.
        bool told = reply.Kind is ReplyKind.Answered ? reply.Consumed.Count > 0 : reply.Kind is not ReplyKind.Ambiguous;
        if (told)
        {
            _capacity.Correct(request.Units, consumed);
        }
    }
}
