using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>
/// Deletes the table and restores it under its name. Each round looks at what is there and decides by that, so a kill, a lost answer
/// and a second run are all the same to it.
/// </summary>
internal sealed class TableReplacement
{
    private readonly TableControl _control;
    private readonly RestoreJournal _journal;
    private readonly RecreateOptions _options;
    private readonly TableSettings _settings;
    private readonly BackupDescription _backup;
    private readonly DeletionSafety _safety;
    private string? _restoredId;

    public TableReplacement(TableControl control, RestoreJournal journal, RecreateOptions options, TableSettings settings, BackupDescription backup)
    {
        _control = control;
        _journal = journal;
        _options = options;
        _settings = settings;
        _backup = backup;
        _safety = new DeletionSafety(control, journal, options, settings, backup.BackupDetails.BackupArn);
    }

    private string Name => _options.TableName;

    private string BackupArn => _backup.BackupDetails.BackupArn;

    /// <summary>Deletes the table of old, and only that, and waits until it is gone.</summary>
    public async Task DeleteAsync(CancellationToken cancellation)
    {
        await WaitOutEarlierRunAsync(cancellation).ConfigureAwait(false);
        long start = _control.Clock.GetTimestamp();
        for (TimeSpan poll = _control.Pace.FirstPoll; ; poll = _control.Pace.After(poll))
        {
            TableDescription? table = await _control.DescribeTableAsync(Name, cancellation).ConfigureAwait(false);
            if (table is null || (table.TableId != _settings.TableId && IsFromBackup(table)))
            {
                // Also where somebody else deleted it, or ran the command by hand: what is wanted now is the restore.
                if (!_journal.Has(RestoreStep.Deleted))
                {
                    _journal.Write(RestoreStep.Deleted);
                    _options.Log($"Table '{Name}' is deleted.");
                }

                return;
            }

            if (table.TableId != _settings.TableId && table.TableStatus != TableStatus.DELETING)
            {
                throw Replaced(table);
            }

            if (table.TableStatus == TableStatus.ACTIVE)
            {
                await RequestDeletionAsync(table, cancellation).ConfigureAwait(false);
            }
            else if (table.TableStatus != TableStatus.DELETING && table.TableStatus != TableStatus.UPDATING)
            {
                throw new RestoreException(RestoreProblem.TableNotSuitable, $"Table '{Name}' is {table.TableStatus}, and cannot be deleted.");
            }

            _options.Progress("Delete", FormattableString.Invariant($"the table is {table.TableStatus}, {_control.Clock.GetElapsedTime(start).TotalSeconds:0} s"));
            await _control.Clock.Delay(poll, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Restores the backup under the table's name, and waits until the table is active.</summary>
    public async Task<TableDescription> RestoreAsync(CancellationToken cancellation)
    {
        long start = _control.Clock.GetTimestamp();
        for (TimeSpan poll = _control.Pace.FirstPoll; ; poll = _control.Pace.After(poll))
        {
            TableDescription? table = await _control.DescribeTableAsync(Name, cancellation).ConfigureAwait(false);
            bool isOld = table is not null && table.TableId == _settings.TableId;
            if (table is null)
            {
                await RequestRestoreAsync(cancellation).ConfigureAwait(false);
            }
            else if (!isOld && !IsFromBackup(table) && table.TableStatus != TableStatus.DELETING)
            {
                throw Replaced(table);
            }
            else if (!isOld && (table.TableStatus == TableStatus.ACTIVE || (table.TableStatus == TableStatus.UPDATING && _journal.Has(RestoreStep.Restored))))
            {
                if (_journal.Find(RestoreStep.Restored)?.Fact("TableId") != table.TableId)
                {
                    _journal.Write(RestoreStep.Restored, string.Empty, ("TableId", table.TableId), ("Arn", table.TableArn));
                    _options.Log($"Table '{Name}' is active again.");
                }

                return table;
            }
            else if (table.TableStatus != TableStatus.DELETING && (isOld || (table.TableStatus != TableStatus.CREATING && table.TableStatus != TableStatus.UPDATING)))
            {
                throw new RestoreException(RestoreProblem.StepFailed, $"The {(isOld ? "old " : string.Empty)}table '{Name}' is {table.TableStatus} and is not what was waited for.");
            }

            _options.Progress("Restore", FormattableString.Invariant($"the table is {table?.TableStatus.Value ?? "requested"}, {_control.Clock.GetElapsedTime(start).TotalSeconds:0} s"));
            await _control.Clock.Delay(poll, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Puts deletion protection back on a table that still stands, and says in a sentence what there is. Throws nothing.</summary>
    public async Task<string> SettleAsync()
    {
        try
        {
            using var limited = new CancellationTokenSource(TimeSpan.FromSeconds(3)); // The user may be waiting for a Ctrl+C.
            TableDescription? table = await _control.DescribeTableAsync(Name, limited.Token).ConfigureAwait(false);
            if (table is null || table.TableStatus == TableStatus.DELETING)
            {
                return $"Table '{Name}' is deleted.";
            }

            if (table.TableId != _settings.TableId)
            {
                return IsFromBackup(table) ? $"Table '{Name}' is restored and {table.TableStatus}." : $"Table '{Name}' is deleted; another table has its name.";
            }

            if (_settings.DeletionProtection && table.DeletionProtectionEnabled != true)
            {
                await _control.UpdateTableAsync(new() { TableName = Name, DeletionProtectionEnabled = true }, limited.Token).ConfigureAwait(false);
            }

            return $"Table '{Name}' still stands as it was.";
        }
        catch (Exception fault) when (fault is ControlException or DdbException or OperationCanceledException)
        {
            string protection = _settings.DeletionProtection && _journal.Has(RestoreStep.ProtectionLifted)
                ? $" If it stands, put its deletion protection back: {_control.Place.Cli($"update-table --table-name {Name} --deletion-protection-enabled")}"
                : string.Empty;
            return $"Whether table '{Name}' still stands could not be asked.{protection}";
        }
    }

    /// <summary>What a run that was just killed has asked for may still be on its way.</summary>
    private async Task WaitOutEarlierRunAsync(CancellationToken cancellation)
    {
        JournalRecord? last = _journal.Find(RestoreStep.DeletionRequested) ?? _journal.Find(RestoreStep.ProtectionLifted);
        TimeSpan left = last is null ? TimeSpan.Zero : last.At + _control.Pace.Quarantine - _control.Clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await _control.Clock.Delay(left < _control.Pace.Quarantine ? left : _control.Pace.Quarantine, cancellation).ConfigureAwait(false);
        }
    }

    private async Task RequestDeletionAsync(TableDescription table, CancellationToken cancellation)
    {
        await _safety.RequireAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (table.DeletionProtectionEnabled == true)
            {
                _journal.Write(RestoreStep.ProtectionLifted);
                _options.Log($"Lifting the deletion protection of table '{Name}'.");
                await _control.UpdateTableAsync(new() { TableName = Name, DeletionProtectionEnabled = false }, cancellation).ConfigureAwait(false);
            }

            // The last look: between it and the deletion there is nothing but the way to the service.
            TableDescription? last = await _control.DescribeTableAsync(Name, cancellation).ConfigureAwait(false);
            if (last is null || last.TableStatus != TableStatus.ACTIVE || last.TableId != _settings.TableId)
            {
                return;
            }

            cancellation.ThrowIfCancellationRequested();
            _journal.Write(RestoreStep.DeletionRequested, string.Empty, ("TableId", last.TableId), ("BackupArn", BackupArn));
            _options.Log($"Deleting table '{Name}' ({last.TableId}).");
            TableDescription? deleted = await _control.DeleteTableAsync(Name, cancellation).ConfigureAwait(false);
            if (deleted?.TableId is { } id && id != _settings.TableId)
            {
                throw new RestoreException(RestoreProblem.TableReplaced, $"Table '{Name}' was replaced in the very moment of its deletion: the table deleted has the id {id}. If its point-in-time recovery was on, its system backup has its content.");
            }
        }
        catch (ControlException fault) when (fault.IsAmbiguous || fault.Is(ControlCodes.ResourceInUse, ControlCodes.ResourceNotFound, ControlCodes.TableInUse))
        {
            // The next look tells, when the request has surely landed or not.
            if (fault.IsAmbiguous)
            {
                await _control.Clock.Delay(_control.Pace.Quarantine, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task RequestRestoreAsync(CancellationToken cancellation)
    {
        _journal.Write(RestoreStep.RestoreRequested, string.Empty, ("BackupArn", BackupArn));
        _options.Log($"Restoring backup '{BackupArn}' to table '{Name}'.");
        try
        {
            TableDescription? restored = await _control.RestoreFromBackupAsync(BackupArn, RestoreTargets.For(_settings, _backup), cancellation).ConfigureAwait(false);
            _restoredId = restored?.TableId;
        }
        catch (ControlException fault) when (fault.IsAmbiguous || fault.Is(
            ControlCodes.TableInUse, ControlCodes.TableAlreadyExists, ControlCodes.ResourceInUse, ControlCodes.BackupInUse))
        {
            // The next look tells; the name may be in use for some moments after a deletion.
        }
    }

    private bool IsFromBackup(TableDescription table) =>
        table.RestoreSummary?.SourceBackupArn == BackupArn || table.TableId == (_restoredId ?? _journal.Find(RestoreStep.Restored)?.Fact("TableId"));

    private RestoreException Replaced(TableDescription table) => new(
        RestoreProblem.TableReplaced,
        $"The table that is now called '{Name}' (id {table.TableId}, created {(Instants.Of(table.CreationDateTime) is { } time ? RestoreIdentity.Text(time) : "at an unknown time")}) is not the one that this restore began with (id {_settings.TableId}), nor made by it. It is left alone. If it is not needed, delete it; or restore under another name.");
}
