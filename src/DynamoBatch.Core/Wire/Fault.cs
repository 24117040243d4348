using System;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Wire;

/// <summary>An exception of the SDK or of the network, read once.</summary>
/// <param name="Reply">What it says of the writes in the request.</param>
/// <param name="Kind">The kind of failure, where the reply fails a table or the run.</param>
/// <param name="Message">The fault in words, without secrets.</param>
/// <param name="Throttled">Whether the service throttled.</param>
/// <param name="Reached">Whether the endpoint was reached at all.</param>
/// <param name="Untrusted">Whether nobody whom this machine trusts has signed the endpoint's certificate.</param>
internal readonly record struct Fault(ReplyKind Reply, FailureKind Kind, string Message, bool Throttled = false, bool Reached = true, bool Untrusted = false)
{
    /// <summary>Whether TLS did not come about.</summary>
    public bool IsTls { get; init; }

    /// <summary>Whether a status came without the error code that DynamoDB always gives: something else answered.</summary>
    public bool IsBare { get; init; }

    /// <summary>The exception itself.</summary>
    public Exception? Cause { get; init; }

    /// <summary>The same as the fault of an endpoint where something else than DynamoDB answers.</summary>
    public Fault ToForeign() => this with
    {
        Reply = ReplyKind.Fatal,
        Kind = FailureKind.EndpointUnreachable,
        Message = $"What answered is not DynamoDB, perhaps a proxy: {Message}",
    };
}
