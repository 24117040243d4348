namespace DynamoBatch.LocalAws.Settings;

/// <summary>A Kinesis stream that a table's changes go to.</summary>
internal sealed record KinesisDestination(bool Active, string Precision);
