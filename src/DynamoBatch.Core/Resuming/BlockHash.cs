namespace DynamoBatch.Core.Resuming;

/// <summary>The identity of the input up to and including one object.</summary>
internal readonly record struct BlockHash(long Ordinal, ulong Hash);
