using System;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Core.Reading;

/// <summary>Notices that an endpoint answers nothing, for reads: by the requests that fail, and where it never answered, by the clock.</summary>
internal sealed class SilenceWatch
{
    private readonly EndpointWatch _endpoint;
    private readonly TimeSpan _patience;
    private long? _firstSent;
    private bool _reached;
    private string? _message;

    public SilenceWatch(ReaderOptions options)
    {
        _endpoint = new EndpointWatch(new WriterOptions { FirstAnswerTimeout = options.FirstAnswerTimeout, RetryTimeout = options.RetryTimeout });
        _patience = options.FirstAnswerTimeout;
    }

    /// <summary>When to look at the clock, in ticks; null where there is no need.</summary>
    public long? DueAt => _reached ? null : _firstSent + _patience.Ticks;

    /// <summary>A request leaves.</summary>
    public void Sent(long now) => _firstSent ??= now;

    /// <summary>Looks at the clock. The failure where nothing was ever answered, not even the first request.</summary>
    public DdbException? Check(long now) => DueAt <= now
        ? new DdbException(FailureKind.EndpointUnreachable, $"The endpoint answered nothing for {_patience.TotalSeconds:0} s. {_message}")
        : null;

    /// <summary>Learns from an answer, or its absence. The failure where the endpoint has been silent for too long.</summary>
    /// <param name="kind">What the answer says.</param>
    /// <param name="reached">Whether anything answered at all.</param>
    /// <param name="message">The fault in words.</param>
    /// <param name="elapsed">How long it took, in ticks.</param>
    /// <param name="now">The time, in ticks.</param>
    public DdbException? Learn(ReplyKind kind, bool reached, string? message, long elapsed, long now)
    {
        _reached |= reached;
        _message = message;
        return _endpoint.Learn(new WriteReply(kind) { Reached = reached, Message = message }, elapsed, now);
    }
}
