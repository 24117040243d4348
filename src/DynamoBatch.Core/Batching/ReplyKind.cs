namespace DynamoBatch.Core.Batching;

/// <summary>What the answer to a request, or its absence, says of the writes in it.</summary>
internal enum ReplyKind
{
    /// <summary>Written, but for those of which the answer says otherwise.</summary>
    Answered,

    /// <summary>None was written, and trying again is right: throttled, or never reached the service.</summary>
    NotWritten,

    /// <summary>Any of them may have been written, or may be yet: a lost answer, a timeout, a server error.</summary>
    Ambiguous,

    /// <summary>None was written, because of at least one of them.</summary>
    Rejected,

    /// <summary>None was written, because of a table.</summary>
    TableFailed,

    /// <summary>None was written, and nothing more will be in this run.</summary>
    Fatal,
}
