namespace DynamoBatch.LocalAws.Settings;

/// <summary>A policy and its revision.</summary>
internal sealed record ResourcePolicy(string Policy, string RevisionId);
