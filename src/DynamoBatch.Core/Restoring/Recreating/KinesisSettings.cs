namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>A Kinesis data stream that a table's changes go to.</summary>
/// <param name="StreamArn">The stream.</param>
/// <param name="Precision">MILLISECOND or MICROSECOND; null where the service tells none.</param>
internal sealed record KinesisSettings(string StreamArn, string? Precision);
