namespace DynamoBatch.Core.Restoring;

/// <summary>
/// What a journal can say. A step that asks the service for something is told before it is asked (Requested), and when it is
/// seen to be there (Ready, ...), so that a kill in between leaves a question and not a loss.
/// </summary>
internal enum RestoreStep
{
    /// <summary>What is restored, to which table.</summary>
    Started,

    /// <summary>The live table was found; its id is a fact, so that another one of that name is noticed.</summary>
    TableFound,

    /// <summary>What is restored was found and checked: the very time, where the latest was asked for. The subject tells it from others.</summary>
    SourceResolved,

    /// <summary>A scratch table is about to be asked for. The subject is what it is for; its name is a fact.</summary>
    ScratchRequested,

    /// <summary>A scratch table is active.</summary>
    ScratchReady,

    /// <summary>A scratch table is gone.</summary>
    ScratchDropped,

    /// <summary>The whole difference is in the file beside the journal.</summary>
    Staged,

    /// <summary>Writing to the live table was allowed.</summary>
    Confirmed,

    /// <summary>Every change was tried, and its outcome is in the file beside the journal.</summary>
    Applied,

    /// <summary>What was written has been read back.</summary>
    Verified,

    /// <summary>Every setting of the table, as it was.</summary>
    SettingsRecorded,

    /// <summary>A backup is about to be asked for. The subject is what it holds; its name is a fact.</summary>
    BackupRequested,

    /// <summary>A backup is there and available.</summary>
    BackupReady,

    /// <summary>Deletion protection is about to be lifted.</summary>
    ProtectionLifted,

    /// <summary>The table is about to be deleted: the outage begins.</summary>
    DeletionRequested,

    /// <summary>The table is gone.</summary>
    Deleted,

    /// <summary>The table is about to be asked for again, under its own name.</summary>
    RestoreRequested,

    /// <summary>The table is active again: the outage ends.</summary>
    Restored,

    /// <summary>A setting that restores drop is back; its name is the subject.</summary>
    SettingApplied,

    /// <summary>A setting could not be brought back; its name is the subject.</summary>
    SettingFailed,

    /// <summary>A phase took this long; its name is the subject.</summary>
    Phase,

    /// <summary>The restore has ended.</summary>
    Completed,
}
