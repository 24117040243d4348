using System;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>How long the backups of the local AWS take, in seconds of its clock.</summary>
public sealed record BackupSettings
{
    /// <summary>How far LatestRestorableDateTime is behind the clock. AWS: about 300.</summary>
    public double RestorableLag { get; init; } = 300;

    /// <summary>How long a restored table is CREATING, at least: until it is loaded. AWS: minutes to hours.</summary>
    public double RestoreTime { get; init; } = 2;

    /// <summary>How long a deleted table is DELETING.</summary>
    public double DeleteTime { get; init; } = 0.2;

    /// <summary>How long a backup is CREATING.</summary>
    public double BackupTime { get; init; } = 0.2;

    internal void Check()
    {
        if (!(RestorableLag >= 0 && RestoreTime >= 0 && DeleteTime >= 0 && BackupTime >= 0))
        {
            throw new ArgumentException("restorableLag, restoreTime, deleteTime and backupTime are seconds, not negative.");
        }
    }
}
