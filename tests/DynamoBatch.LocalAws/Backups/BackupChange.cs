namespace DynamoBatch.LocalAws.Backups;

/// <summary>The body of POST /__localaws/backups: what it does not name stays.</summary>
internal sealed record BackupChange(double? RestorableLag = null, double? RestoreTime = null, double? DeleteTime = null, double? BackupTime = null)
{
    public BackupSettings On(BackupSettings settings) => settings with
    {
        RestorableLag = RestorableLag ?? settings.RestorableLag,
        RestoreTime = RestoreTime ?? settings.RestoreTime,
        DeleteTime = DeleteTime ?? settings.DeleteTime,
        BackupTime = BackupTime ?? settings.BackupTime,
    };
}
