using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>
/// The control plane's tables, backups and restores. Reads are repeated until answered; a request that changes something and whose
/// answer is lost throws an ambiguous <see cref="ControlException"/>: look at what is there, then decide. Not thread safe.
/// </summary>
internal sealed class TableControl
{
    private readonly ControlCaller _caller;
    private readonly Action<string> _changed;

    /// <summary>Creates it.</summary>
    /// <param name="caller">Sends the requests.</param>
    /// <param name="changed">Told the name of a table that is not what it was.</param>
    public TableControl(ControlCaller caller, Action<string> changed)
    {
        _caller = caller;
        _changed = changed;
        Settings = new SettingsControl(caller);
    }

    /// <summary>The requests about a table's settings.</summary>
    public SettingsControl Settings { get; }

    public ControlPlace Place => _caller.Place;

    public ControlPace Pace => _caller.Pace;

    public TimeProvider Clock => _caller.Clock;

    /// <summary>A table; null where there is none.</summary>
    public async Task<TableDescription?> DescribeTableAsync(string name, CancellationToken cancellation)
    {
        try
        {
            DescribeTableResponse response = await _caller.AskAsync(
                "DescribeTable", name, true, (c, ct) => c.DescribeTableAsync(new DescribeTableRequest { TableName = name }, ct), cancellation).ConfigureAwait(false);
            return response.Table;
        }
        catch (ControlException fault) when (fault.Is(ControlCodes.ResourceNotFound, ControlCodes.TableNotFound))
        {
            return null;
        }
        catch (ControlException fault) when (fault.Is(ControlCodes.Validation))
        {
            throw new DdbException(FailureKind.TableNotFound, $"'{name}' is not accepted as a table's name. {fault.InnerException!.Message}", fault);
        }
    }

    /// <summary>Looks at a table, ever more seldom, until it is as wanted.</summary>
    /// <param name="name">The table.</param>
    /// <param name="until">Whether it is; given null where there is no table.</param>
    /// <param name="progress">Told after each look how long that takes, and what was seen.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The table as last seen.</returns>
    public async Task<TableDescription?> WaitAsync(
        string name, Func<TableDescription?, bool> until, Action<TimeSpan, TableDescription?>? progress, CancellationToken cancellation)
    {
        long start = Clock.GetTimestamp();
        for (TimeSpan poll = Pace.FirstPoll; ; poll = Pace.After(poll))
        {
            TableDescription? table = await DescribeTableAsync(name, cancellation).ConfigureAwait(false);
            if (until(table))
            {
                return table;
            }

            progress?.Invoke(Clock.GetElapsedTime(start), table);
            await Clock.Delay(poll, cancellation).ConfigureAwait(false);
        }
    }

    public async Task<TableDescription> UpdateTableAsync(UpdateTableRequest request, CancellationToken cancellation)
    {
        _changed(request.TableName);
        UpdateTableResponse response = await _caller.AskAsync(
            "UpdateTable", request.TableName, false, (c, ct) => c.UpdateTableAsync(request, ct), cancellation).ConfigureAwait(false);
        return response.TableDescription;
    }

    /// <summary>Asks that a table be deleted. The answer tells which table that is.</summary>
    public async Task<TableDescription?> DeleteTableAsync(string name, CancellationToken cancellation)
    {
        _changed(name);
        DeleteTableResponse response = await _caller.AskAsync(
            "DeleteTable", name, false, (c, ct) => c.DeleteTableAsync(new DeleteTableRequest(name), ct), cancellation).ConfigureAwait(false);
        return response.TableDescription;
    }

    /// <summary>Asks for a table as another was at a time.</summary>
    /// <param name="sourceArn">The table whose history it is.</param>
    /// <param name="time">The time; null for the latest that can be restored.</param>
    /// <param name="target">The table to make.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task<TableDescription> RestoreToPointInTimeAsync(string sourceArn, DateTimeOffset? time, RestoreTarget target, CancellationToken cancellation)
    {
        var request = new RestoreTableToPointInTimeRequest
        {
            SourceTableArn = sourceArn,
            TargetTableName = target.TableName,
            RestoreDateTime = time?.UtcDateTime,
            UseLatestRestorableTime = time is null ? true : null,
            BillingModeOverride = target.BillingMode,
            ProvisionedThroughputOverride = target.ProvisionedThroughput,
            OnDemandThroughputOverride = target.OnDemandThroughput,
            GlobalSecondaryIndexOverride = target.GlobalIndexes,
            LocalSecondaryIndexOverride = target.LocalIndexes,
            SSESpecificationOverride = target.Encryption,
        };
        _changed(target.TableName);
        RestoreTableToPointInTimeResponse response = await _caller.AskAsync(
            "RestoreTableToPointInTime", sourceArn, false, (c, ct) => c.RestoreTableToPointInTimeAsync(request, ct), cancellation).ConfigureAwait(false);
        return response.TableDescription;
    }

    /// <summary>Asks for a table with a backup's content.</summary>
    public async Task<TableDescription> RestoreFromBackupAsync(string backupArn, RestoreTarget target, CancellationToken cancellation)
    {
        var request = new RestoreTableFromBackupRequest
        {
            BackupArn = backupArn,
            TargetTableName = target.TableName,
            BillingModeOverride = target.BillingMode,
            ProvisionedThroughputOverride = target.ProvisionedThroughput,
            OnDemandThroughputOverride = target.OnDemandThroughput,
            GlobalSecondaryIndexOverride = target.GlobalIndexes,
            LocalSecondaryIndexOverride = target.LocalIndexes,
            SSESpecificationOverride = target.Encryption,
        };
        _changed(target.TableName);
        RestoreTableFromBackupResponse response = await _caller.AskAsync(
            "RestoreTableFromBackup", backupArn, false, (c, ct) => c.RestoreTableFromBackupAsync(request, ct), cancellation).ConfigureAwait(false);
        return response.TableDescription;
    }

    /// <summary>Asks for a backup. Each request makes one, also of a name that is taken.</summary>
    public async Task<BackupDetails> CreateBackupAsync(string tableName, string backupName, CancellationToken cancellation)
    {
        CreateBackupResponse response = await _caller.AskAsync(
            "CreateBackup", tableName, false, (c, ct) => c.CreateBackupAsync(new CreateBackupRequest { TableName = tableName, BackupName = backupName }, ct), cancellation).ConfigureAwait(false);
        return response.BackupDetails;
    }

    /// <summary>A backup; null where there is none.</summary>
    public async Task<BackupDescription?> DescribeBackupAsync(string backupArn, CancellationToken cancellation)
    {
        try
        {
            DescribeBackupResponse response = await _caller.AskAsync(
                "DescribeBackup", backupArn, true, (c, ct) => c.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = backupArn }, ct), cancellation).ConfigureAwait(false);
            return response.BackupDescription.BackupDetails.BackupStatus == BackupStatus.DELETED ? null : response.BackupDescription;
        }
        catch (ControlException fault) when (fault.Is(ControlCodes.BackupNotFound))
        {
            return null;
        }
    }

    /// <summary>The backups of a table's name, those of deleted tables of that name included.</summary>
    public async Task<IReadOnlyList<BackupSummary>> ListBackupsAsync(string tableName, BackupTypeFilter type, CancellationToken cancellation)
    {
        var all = new List<BackupSummary>();
        string? next = null;
        do
        {
            var request = new ListBackupsRequest { TableName = tableName, BackupType = type, ExclusiveStartBackupArn = next };
            ListBackupsResponse page = await _caller.AskAsync("ListBackups", tableName, true, (c, ct) => c.ListBackupsAsync(request, ct), cancellation).ConfigureAwait(false);
            all.AddRange(page.BackupSummaries ?? []);
            next = page.LastEvaluatedBackupArn;
        }
        while (!string.IsNullOrEmpty(next));

        return all;
    }
}
