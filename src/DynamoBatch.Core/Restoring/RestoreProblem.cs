namespace DynamoBatch.Core.Restoring;

/// <summary>Why a restore cannot begin, or cannot go on.</summary>
internal enum RestoreProblem
{
    /// <summary>The parameters say nothing that could be restored, or contradict each other.</summary>
    NotUsable,

    /// <summary>The table's point-in-time recovery is off, so there is no history to restore from.</summary>
    PointInTimeRecoveryOff,

    /// <summary>The time is outside the window that can be restored, or means no one instant.</summary>
    PointInTimeNotAvailable,

    /// <summary>The backup does not exist, is not ready, is not DynamoDB's own, or is of another table.</summary>
    BackupNotUsable,

    /// <summary>The content to be restored is of another key schema, or is the table's own.</summary>
    SourceNotUsable,

    /// <summary>A table of the scratch table's name is there, and is not this restore's.</summary>
    ScratchTableExists,

    /// <summary>The table is not the one that the restore began with.</summary>
    TableReplaced,

    /// <summary>The table is in a state, or has replicas, that this way of restoring cannot deal with.</summary>
    TableNotSuitable,

    /// <summary>There are more changes than -MaxChange allows.</summary>
    TooManyChanges,

    /// <summary>The journal cannot be opened, read or written; another run may hold it.</summary>
    JournalNotUsable,

    /// <summary>The journal is damaged, or holds something else.</summary>
    JournalDamaged,

    /// <summary>The journal is of another table, time or scope.</summary>
    JournalOfOther,

    /// <summary>The journal is of a restore that has ended.</summary>
    JournalCompleted,

    /// <summary>A step failed; the message says what stands and what to do.</summary>
    StepFailed,
}
