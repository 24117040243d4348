namespace DynamoBatch.Core.Comparing;

/// <summary>One of those that wait for their other side, in its place among them. Numbers of places; -1 is none.</summary>
internal struct WaitingItem
{
    /// <summary>About what one takes in memory beside its key: itself, and its part of what finds it.</summary>
    public const int Overhead = 80;

    public ItemDigest Digest;
    public long KeyPlace;
    public int KeyLength;
    public int Hash;

    /// <summary>The segment of its table that it was met in.</summary>
    public int Segment;

    /// <summary>Which scan met it.</summary>
    public Side Side;

    /// <summary>The next one in its bucket, or of the places that are free.</summary>
    public int Next;

    /// <summary>The one that came before it.</summary>
    public int Older;

    /// <summary>The one that came after it.</summary>
    public int Newer;
}
