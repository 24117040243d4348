namespace DynamoBatch.LocalAws.Backups;

/// <summary>The body of POST /__localaws/clock.</summary>
internal sealed record ClockChange(double AdvanceSeconds);
