namespace DynamoBatch.Core.Batching;

/// <summary>The fate of one accepted write. Exactly one of these is told for each.</summary>
public enum WriteStatus
{
    /// <summary>Acknowledged by the service.</summary>
    Succeeded,

    /// <summary>Known not to have been made.</summary>
    Failed,

    /// <summary>The service never told.</summary>
    Unknown,

    /// <summary>Made void by a later, acknowledged write of the same key, before it was sent.</summary>
    Replaced,

    /// <summary>Still waiting when the run ended.</summary>
    NotSent,

    /// <summary>Already made by an earlier run.</summary>
    Skipped,
}
