namespace DynamoBatch.Core.Comparing;

/// <summary>What is kept of an item that a scan met: a million of them must be no burden.</summary>
internal sealed class ScannedItem
{
    /// <summary>About what one takes in memory beside its key's bytes: itself, the key's array, and its place in the set.</summary>
    public const int Overhead = 130;

    public ScannedItem(byte[] key, int hash, ItemDigest digest, int segment)
    {
        Key = key;
        Hash = hash;
        Digest = digest;
        Segment = segment;
    }

    /// <summary>The canonical key.</summary>
    public byte[] Key { get; }

    public int Hash { get; }

    public ItemDigest Digest { get; }

    /// <summary>The segment of its table that it was met in.</summary>
    public int Segment { get; }

    /// <summary>Which scan met it.</summary>
    public Side Side { get; set; }

    /// <summary>The one that came before it, of those that wait.</summary>
    public ScannedItem? Older { get; set; }

    /// <summary>The one that came after it, of those that wait.</summary>
    public ScannedItem? Newer { get; set; }
}
