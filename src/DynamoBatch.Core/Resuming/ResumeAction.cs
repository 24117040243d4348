namespace DynamoBatch.Core.Resuming;

/// <summary>What to do with an object of the pipeline, given what the runs before recorded of it.</summary>
internal enum ResumeAction
{
    /// <summary>Go on with it as in a first run.</summary>
    Send,

    /// <summary>Was sent by a run before, whose answer is not known: send it again knowing that, or report it as unknown.</summary>
    SendMayHaveLanded,

    /// <summary>Already done.</summary>
    Skip,

    /// <summary>Failed before, and a later write of its key that leaves nothing of it is done: report it as replaced, and record it as done.</summary>
    Replaced,

    /// <summary>Failed before, and a later write of its key is in the table or may be: report it as failed; sent now, it would come after that.</summary>
    FailedAgain,

    /// <summary>Reported as unknown before, and must not be sent twice: report it so again.</summary>
    Unknown,
}
