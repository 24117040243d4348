namespace DynamoBatch.Core.Reading;

/// <summary>What became of a key that was asked for.</summary>
public enum ReadStatus
{
    /// <summary>Not decided yet.</summary>
    Pending,

    /// <summary>The item is there.</summary>
    Found,

    /// <summary>The service said that there is no such item.</summary>
    Missing,

    /// <summary>It could not be read.</summary>
    Failed,

    /// <summary>The run ended before it was read.</summary>
    NotRead,
}
