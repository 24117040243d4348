namespace DynamoBatch.LocalAws.Backend;

/// <summary>The names of a table's key attributes, and the TableId, which a table made anew does not share.</summary>
internal sealed record KeyNames(string PartitionKey, string? SortKey, string TableId);
