using System;

namespace DynamoBatch.Core.Batching;

/// <summary>What an answer says of one write.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Message">In words, where it was not written; where it was, what could not be had beside.</param>
/// <param name="Failure">Which state it met, where that was another than it needs.</param>
/// <param name="Returned">The item that the service gave back, as DynamoDB JSON.</param>
internal readonly record struct ItemReply(
    ItemReplyKind Kind, string? Message = null, FailureKind Failure = default, ReadOnlyMemory<byte> Returned = default)
{
    /// <summary>The exception that told it; null where an answer did.</summary>
    public Exception? Cause { get; init; }
}
