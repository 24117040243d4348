namespace DynamoBatch.LocalAws.Backups;

/// <summary>What writes to a table pass: its lock, and its history where it has one.</summary>
internal sealed class TableWatch
{
    public SharedLock Lock { get; } = new();

    /// <summary>Set and read under the lock.</summary>
    public TableHistory? History { get; set; }
}
