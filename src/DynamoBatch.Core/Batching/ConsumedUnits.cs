namespace DynamoBatch.Core.Batching;

/// <summary>Write units that one request consumed in one table, indexes included.</summary>
internal readonly record struct ConsumedUnits(WriteTable Table, double Units);
