namespace DynamoBatch.Core.Resuming;

/// <summary>What the checkpoint says of one object of the pipeline.</summary>
internal enum RecordedState
{
    /// <summary>Nothing: it was not sent, or it was repeatable and its answer had not come.</summary>
    None,

    /// <summary>Acknowledged, or made void by a later acknowledged write of its key. Final.</summary>
    Done,

    /// <summary>Known not to have been written, for a reason of its own.</summary>
    Failed,

    /// <summary>Announced before it was sent; what became of it was not recorded.</summary>
    Intended,

    /// <summary>Sent, and reported as one whose outcome the service never told.</summary>
    Unknown,
}
