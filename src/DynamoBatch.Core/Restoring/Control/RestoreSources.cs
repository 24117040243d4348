using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>Finds and checks the content that is to be restored, before anything is started. Changes nothing.</summary>
internal sealed class RestoreSources
{
    private readonly TableControl _control;

    public RestoreSources(TableControl control) => _control = control;

    /// <summary>A time of the table's own history.</summary>
    /// <param name="live">The table.</param>
    /// <param name="time">The time; null for the latest that can be restored.</param>
    /// <param name="parameter">Its parameter, for messages.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="RestoreException">PointInTimeRecoveryOff or PointInTimeNotAvailable.</exception>
    public async Task<RestoreSource> ResolveTimeAsync(TableDescription live, DateTimeOffset? time, string parameter, CancellationToken cancellation)
    {
        PointInTimeRecoveryDescription? recovery = await DescribeRecoveryAsync(live, cancellation).ConfigureAwait(false);
        if (recovery?.PointInTimeRecoveryStatus != PointInTimeRecoveryStatus.ENABLED)
        {
            throw new RestoreException(
                RestoreProblem.PointInTimeRecoveryOff,
                $"Point-in-time recovery of table '{live.TableName}' is off, so there is no history to restore from. -BackupArn and -SourceTableName work without it. " +
                $"Turn it on for the future: Update-DDBContinuousBackup -TableName {live.TableName} -PointInTimeRecoverySpecification_PointInTimeRecoveryEnabled $true, or " +
                $"'{_control.Place.Cli($"update-continuous-backups --table-name {live.TableName} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true")}'.");
        }

        if (Instants.Of(recovery.EarliestRestorableDateTime) is not { } earliest || Instants.Of(recovery.LatestRestorableDateTime) is not { } latest || latest < earliest)
        {
            throw new RestoreException(
                RestoreProblem.PointInTimeNotAvailable,
                $"Point-in-time recovery of table '{live.TableName}' has only just been turned on; no time of it can be restored yet. The first can be about five minutes later.");
        }

        if (time is { } wanted)
        {
            RequireInWindow(live.TableName, wanted, earliest, latest, parameter);
        }

        return new RestoreSource(live.TableArn)
        {
            Time = time ?? latest,
            Bytes = live.TableSizeBytes ?? 0,
            Items = live.ItemCount ?? 0,
            Earliest = earliest,
            Latest = latest,
        };
    }

    /// <summary>A backup.</summary>
    /// <param name="live">The table.</param>
    /// <param name="backupArn">The backup.</param>
    /// <param name="force">Whether a backup of another table will do.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="RestoreException">BackupNotUsable or SourceNotUsable.</exception>
    public async Task<RestoreSource> ResolveBackupAsync(TableDescription live, string backupArn, bool force, CancellationToken cancellation)
    {
        string[] parts = backupArn.Split(':');
        if (parts.Length > 2 && parts[0] == "arn" && parts[2] == "backup")
        {
            throw Unusable(
                $"'{backupArn}' is a recovery point of AWS Backup, which DynamoDB itself cannot restore. " +
                $"Restore it with AWS Backup to a new table, then run the command with -SourceTableName and that table's name.");
        }

        if (parts.Length < 6 || parts[0] != "arn" || parts[2] != "dynamodb" || backupArn.IndexOf("/backup/", StringComparison.Ordinal) < 0)
        {
            throw Unusable(
                $"'{backupArn}' is not the ARN of a DynamoDB backup, such as arn:aws:dynamodb:eu-west-1:123456789012:table/Users/backup/01234567890123-abcdefab. " +
                $"Those of the table: '{ListCommand(live)}'.");
        }

        BackupDescription backup = await _control.DescribeBackupAsync(backupArn, cancellation).ConfigureAwait(false)
            ?? throw Unusable($"Backup '{backupArn}' does not exist {_control.Place.Place}, or was deleted. Those of the table: '{ListCommand(live)}'.");
        if (backup.BackupDetails.BackupStatus != BackupStatus.AVAILABLE)
        {
            throw Unusable($"Backup '{backupArn}' is {backup.BackupDetails.BackupStatus}; it can be restored when it is AVAILABLE. Wait for that, and run the command again.");
        }

        SourceTableDetails source = backup.SourceTableDetails;
        if (source.TableName != live.TableName && !force)
        {
            throw Unusable($"Backup '{backupArn}' is of table '{source.TableName}', not of '{live.TableName}'. Where that is meant, say -Force.");
        }

        KeySchemas.RequireSame(live, backup);
        return new RestoreSource(source.TableArn ?? live.TableArn)
        {
            BackupArn = backupArn,
            Bytes = backup.BackupDetails.BackupSizeBytes ?? source.TableSizeBytes ?? 0,
            Items = source.ItemCount ?? 0,
            Note = source.TableId == live.TableId
                ? string.Empty
                : $"The backup is of {(source.TableName == live.TableName ? "an earlier table of that name" : $"table '{source.TableName}'")}, and backups do not tell the types of keys.",
        };
    }

    /// <summary>Another table, whose content is taken as it is.</summary>
    /// <exception cref="RestoreException">SourceNotUsable.</exception>
    public async Task<RestoreSource> ResolveTableAsync(TableDescription live, string sourceName, CancellationToken cancellation)
    {
        TableDescription source = await _control.DescribeTableAsync(sourceName, cancellation).ConfigureAwait(false)
            ?? throw Unfit($"Table '{sourceName}', named by -SourceTableName, does not exist {_control.Place.Place}.");
        if (source.TableArn == live.TableArn)
        {
            throw Unfit($"-SourceTableName names table '{live.TableName}' itself. Name the table that holds the content wanted.");
        }

        if (source.TableStatus != TableStatus.ACTIVE && source.TableStatus != TableStatus.UPDATING)
        {
            throw Unfit($"Table '{sourceName}', named by -SourceTableName, is {source.TableStatus}. Run the command again when it is ACTIVE.");
        }

        KeySchemas.RequireSame(live, source);
        return new RestoreSource(source.TableArn) { TableName = source.TableName, Bytes = source.TableSizeBytes ?? 0, Items = source.ItemCount ?? 0 };
    }

    private async Task<PointInTimeRecoveryDescription?> DescribeRecoveryAsync(TableDescription live, CancellationToken cancellation)
    {
        try
        {
            ContinuousBackupsDescription backups = await _control.Settings.DescribeContinuousBackupsAsync(live.TableName, cancellation).ConfigureAwait(false);
            return backups.PointInTimeRecoveryDescription;
        }
        catch (ControlException fault) when (fault.Is(ControlCodes.ContinuousBackupsUnavailable, ControlCodes.UnknownOperation))
        {
            return null;
        }
    }

    private void RequireInWindow(string table, DateTimeOffset wanted, DateTimeOffset earliest, DateTimeOffset latest, string parameter)
    {
        string window = $"Table '{table}' can be restored to times from {Instants.Both(earliest)} to {Instants.Both(latest)}.";
        string? why = wanted > _control.Clock.GetUtcNow() ? "is in the future"
            : wanted > latest ? "cannot be restored yet: wait some minutes"
            : wanted < earliest ? "is too long ago, or before point-in-time recovery was turned on"
            : null;
        if (why is not null)
        {
            throw new RestoreException(RestoreProblem.PointInTimeNotAvailable, $"-{parameter} {Instants.Both(wanted)} {why}. {window}");
        }
    }

    private string ListCommand(TableDescription live) => _control.Place.Cli($"list-backups --table-name {live.TableName} --backup-type ALL");

    private static RestoreException Unusable(string message) => new(RestoreProblem.BackupNotUsable, message);

    private static RestoreException Unfit(string message) => new(RestoreProblem.SourceNotUsable, message);
}
