namespace DynamoBatch.Core.Resuming;

/// <summary>Why a checkpoint cannot be used.</summary>
internal enum CheckpointProblem
{
    /// <summary>The file cannot be opened, read or written; another run may hold it.</summary>
    NotUsable,

    /// <summary>The file holds something else than a checkpoint that this version understands.</summary>
    NotACheckpoint,

    /// <summary>A line within the checkpoint makes no sense.</summary>
    Damaged,

    /// <summary>The checkpoint was begun by another command, or with other parameters.</summary>
    OtherCommand,

    /// <summary>A table of that name is there, but not the one that was written to.</summary>
    OtherTable,

    /// <summary>The objects in the pipeline are not those of the run that began the checkpoint.</summary>
    InputChanged,
}
