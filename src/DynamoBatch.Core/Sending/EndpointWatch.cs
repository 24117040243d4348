using System;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Sending;

/// <summary>
/// Notices that an endpoint is gone. One that never answered ends the run soon; one that has answered gets as long as an item does,
/// but then ends the run too, or each buffer of a long input would wait out its own time-out.
/// </summary>
internal sealed class EndpointWatch
{
    private readonly TimeSpan _first;
    private readonly TimeSpan _later;
    private long? _silentSince;
    private bool _reached;

    public EndpointWatch(WriterOptions options)
    {
        _first = options.FirstAnswerTimeout;
        _later = options.RetryTimeout > _first ? options.RetryTimeout : _first;
    }

    /// <summary>Learns from an answer, or its absence. The failure where the endpoint has been silent for too long.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="elapsed">How long it took, in ticks.</param>
    /// <param name="now">The time, in ticks.</param>
    public DdbException? Learn(WriteReply reply, long elapsed, long now)
    {
        _reached |= reply.Reached;
        _silentSince = reply.Reached ? null : _silentSince ?? (now - elapsed);
        TimeSpan patience = _reached ? _later : _first;
        return now - _silentSince > patience.Ticks
            ? new DdbException(FailureKind.EndpointUnreachable, $"The endpoint answered nothing for {patience.TotalSeconds:0} s. {reply.Message}")
            : null;
    }
}
