using System;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>What is recreated, and how. One source is given; none means the latest time that can be restored.</summary>
internal sealed record RecreateOptions
{
    public required string TableName { get; init; }

    public DateTimeOffset? PointInTime { get; init; }

    public string? BackupArn { get; init; }

    public string? SourceTableName { get; init; }

    public string? ScratchTableName { get; init; }

    public bool KeepScratch { get; init; }

    /// <summary>
    /// -Force: a backup of another table will do; a setting that may not be read is left behind; and where point-in-time recovery is off,
    /// writers are stopped, so that a backup taken just before the deletion is the table's last state.
    /// </summary>
    public bool Force { get; init; }

    /// <summary>
    /// How long nothing may have been written before a backup is asked for. (CreateBackup: what was committed in the minute before may
    /// be missing from it.)
    /// </summary>
    public TimeSpan BackupMargin { get; init; } = TimeSpan.FromSeconds(61);

    /// <summary>Told what is done and decided.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>Told how far a phase is: its name, and the state in words.</summary>
    public Action<string, string> Progress { get; init; } = (_, _) => { };
}
