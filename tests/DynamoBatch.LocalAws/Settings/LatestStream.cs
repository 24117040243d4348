namespace DynamoBatch.LocalAws.Settings;

/// <summary>The stream that was switched on last.</summary>
internal sealed record LatestStream(string Arn, string? Label);
