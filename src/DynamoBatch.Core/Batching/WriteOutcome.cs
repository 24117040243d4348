using System;

namespace DynamoBatch.Core.Batching;

/// <summary>What became of one write.</summary>
/// <param name="Operation">The write.</param>
/// <param name="Status">Its fate.</param>
/// <param name="Kind">Why, where it was not written.</param>
/// <param name="Message">What is wrong and what to do, where it was not written; where it was, what could not be had beside.</param>
/// <param name="Returned">The item that the service gave back, as DynamoDB JSON, where one was asked for.</param>
public readonly record struct WriteOutcome(
    WriteOperation Operation, WriteStatus Status, FailureKind Kind, string? Message, ReadOnlyMemory<byte> Returned = default)
{
    /// <summary>The exception that told why, where there was one.</summary>
    public Exception? Cause { get; init; }
}
