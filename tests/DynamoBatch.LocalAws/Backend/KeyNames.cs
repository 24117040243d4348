namespace DynamoBatch.LocalAws.Backend;

/// <summary>The names of a table's key attributes.</summary>
internal sealed record KeyNames(string PartitionKey, string? SortKey);
