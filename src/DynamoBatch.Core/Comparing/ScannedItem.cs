namespace DynamoBatch.Core.Comparing;

/// <summary>What is kept of an item that a scan met.</summary>
/// <param name="Key">The canonical key.</param>
/// <param name="Hash">The hash of its bytes.</param>
/// <param name="Digest">What its content comes down to.</param>
internal readonly record struct ScannedItem(byte[] Key, int Hash, ItemDigest Digest);
