namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>Contributor insights that are on.</summary>
/// <param name="IndexName">The index; null for the table.</param>
/// <param name="Mode">What is watched; null where the service tells none.</param>
internal sealed record InsightsSettings(string? IndexName, string? Mode);
