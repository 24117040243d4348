namespace DynamoBatch.Core.Comparing;

/// <summary>The first 16 bytes of the SHA-256 of an item's canonical form: equal digests are equal items.</summary>
internal readonly record struct ItemDigest(ulong High, ulong Low);
