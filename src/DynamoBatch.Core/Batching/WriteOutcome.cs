namespace DynamoBatch.Core.Batching;

/// <summary>What became of one write.</summary>
/// <param name="Operation">The write.</param>
/// <param name="Status">Its fate.</param>
/// <param name="Kind">Why, where it was not written.</param>
/// <param name="Message">What is wrong and what to do, where it was not written.</param>
public readonly record struct WriteOutcome(WriteOperation Operation, WriteStatus Status, FailureKind Kind, string? Message);
