namespace DynamoBatch.LocalAws.Settings;

/// <summary>A replica of a table in another region.</summary>
internal sealed record Replica(string? TableClass, string? KeyId);
