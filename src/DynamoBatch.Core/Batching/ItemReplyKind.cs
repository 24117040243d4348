namespace DynamoBatch.Core.Batching;

/// <summary>What an answer can say of one write.</summary>
internal enum ItemReplyKind
{
    /// <summary>Done.</summary>
    Written,

    /// <summary>Not done, and trying again is right.</summary>
    NotWritten,

    /// <summary>It may have been done, or may be yet.</summary>
    Ambiguous,

    /// <summary>The service refuses it for good.</summary>
    Refused,

    /// <summary>The item is not in the state that the write needs.</summary>
    Unmet,

    /// <summary>Not done as a statement: to be asked for by a request of its own, whose answer stands.</summary>
    ByItself,
}
