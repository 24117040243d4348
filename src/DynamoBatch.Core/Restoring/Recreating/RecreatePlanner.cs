using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>Checks whether a table can be recreated, and tells what that will do. Changes nothing.</summary>
internal sealed class RecreatePlanner
{
    private readonly TableControl _control;
    private readonly RecreateOptions _options;

    public RecreatePlanner(TableControl control, RecreateOptions options)
    {
        _control = control;
        _options = options;
    }

    /// <summary>The plan.</summary>
    /// <param name="known">The content, where an earlier run found it.</param>
    /// <param name="tableId">The table, where an earlier run began with it.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="RestoreException">The table or the source is not suitable.</exception>
    /// <exception cref="DdbException">TableNotFound, or a setting may not be read.</exception>
    public async Task<RecreatePlan> PlanAsync(RestoreSource? known, string? tableId, CancellationToken cancellation)
    {
        TableDescription live = await RequireTableAsync(cancellation).ConfigureAwait(false);
        if (tableId is not null && tableId != live.TableId)
        {
            throw new RestoreException(
                RestoreProblem.TableReplaced,
                $"Table '{live.TableName}' is not the one that this restore began with: its id is {live.TableId}, that one's was {tableId}. Nothing was done to it. Name another -JournalPath to begin anew.");
        }

        RestoreSource source = known ?? await ResolveAsync(live, cancellation).ConfigureAwait(false);
        TableSettings settings = await new SettingsReader(_control.Settings).ReadAsync(live, _options.Force, cancellation).ConfigureAwait(false);
        if (!settings.PointInTimeRecovery && !_options.Force)
        {
            throw new RestoreException(
                RestoreProblem.TableNotSuitable,
                $"Point-in-time recovery of table '{live.TableName}' is off, so its deletion would leave no backup of its last state. Turn it on, or stop all writers and say -Force: a backup is then taken just before the deletion.");
        }

        BackupDescription? backup = source.BackupArn is { } arn ? await _control.DescribeBackupAsync(arn, cancellation).ConfigureAwait(false) : null;
        if (backup is not null)
        {
            RestoreTargets.RequireLocalIndexes(settings, backup);
        }

        return With(new RecreatePlan { Settings = settings, Source = source, LastState = LastState(settings) }, backup);
    }

    /// <summary>The plan with what its backup adds to it.</summary>
    public RecreatePlan With(RecreatePlan plan, BackupDescription? backup) => plan with
    {
        BackupArn = backup?.BackupDetails.BackupArn,
        BackupItems = backup?.SourceTableDetails?.ItemCount,
        BackupBytes = backup?.BackupDetails.BackupSizeBytes,
        CarriedOver = SettingList.For(_control, plan.Settings).Select(s => s.Name).ToArray(),
        NotCarriedOver = Notes(plan, backup).ToArray(),
        RestoreCommand = backup is null ? null : CliText.Restore(_control.Place, RestoreTargets.For(plan.Settings, backup), backup.BackupDetails.BackupArn),
    };

    /// <summary>How the state that the table has before its deletion is kept.</summary>
    public static string LastState(TableSettings settings) => settings.PointInTimeRecovery
        ? $"DynamoDB's own backup '{settings.TableName}$DeletedTableBackup', free, for 35 days"
        : "an on-demand backup, taken just before the deletion";

    private async Task<TableDescription> RequireTableAsync(CancellationToken cancellation)
    {
        string name = _options.TableName;
        bool told = false;
        TableDescription live = await _control.WaitAsync(name, IsSettled, Tell, cancellation).ConfigureAwait(false)
            ?? throw new DdbException(FailureKind.TableNotFound, $"Table '{name}' does not exist {_control.Place.Place}. Check the name, the region and the account of {_control.Place.Identity}.");
        if (live.TableStatus != TableStatus.ACTIVE)
        {
            throw Unsuitable($"Table '{name}' is {live.TableStatus}. It can be recreated when it is ACTIVE.");
        }

        if (live.Replicas is { Count: > 0 } || live.GlobalTableWitnesses is { Count: > 0 })
        {
            string regions = string.Join(", ", (live.Replicas ?? []).Select(r => r.RegionName));
            throw Unsuitable($"Table '{name}' is a global table, with replicas in {regions}; deleting it would delete or detach them. Use -Method Reconcile, which keeps the table.");
        }

        if (string.IsNullOrEmpty(live.TableId))
        {
            throw Unsuitable($"The server {_control.Place.Place} tells no TableId, without which one table of a name cannot be told from the next. Use -Method Reconcile.");
        }

        return live;

        static bool IsSettled(TableDescription? table) => table is null || (table.TableStatus != TableStatus.CREATING && table.TableStatus != TableStatus.UPDATING);

        void Tell(TimeSpan elapsed, TableDescription? table)
        {
            if (!told)
            {
                told = true;
                _options.Log($"Table '{name}' is {table?.TableStatus}; waiting until it is ACTIVE.");
            }

            _options.Progress("Settings", FormattableString.Invariant($"the table is {table?.TableStatus}, {elapsed.TotalSeconds:0} s"));
        }
    }

    private Task<RestoreSource> ResolveAsync(TableDescription live, CancellationToken cancellation)
    {
        var sources = new RestoreSources(_control);
        return _options switch
        {
            { BackupArn: { } arn } => sources.ResolveBackupAsync(live, arn, _options.Force, cancellation),
            { SourceTableName: { } name } => sources.ResolveTableAsync(live, name, cancellation),
            _ => sources.ResolveTimeAsync(live, _options.PointInTime, "PointInTime", cancellation),
        };
    }

    private static IEnumerable<string> Notes(RecreatePlan plan, BackupDescription? backup)
    {
        TableSettings settings = plan.Settings;
        if (plan.Source.Note.Length > 0)
        {
            yield return plan.Source.Note;
        }

        if (settings.StreamArn is { } stream)
        {
            yield return $"The stream gets a new ARN. Point event source mappings and other readers of '{stream}' to it; they are listed by: aws lambda list-event-source-mappings --event-source-arn {stream}";
        }

        if (settings.PointInTimeRecovery)
        {
            yield return $"The history of point-in-time recovery begins anew: times before the recreation can no longer be restored, only {LastState(settings)}.";
        }

        if (settings.Provisioned is not null)
        {
            yield return $"Auto scaling is not read by this module. Compare before and after: aws application-autoscaling describe-scalable-targets --service-namespace dynamodb --resource-ids {string.Join(" ", ScalingTargets(settings))}";
        }

        foreach (string tag in settings.Tags.Keys.Where(k => k.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"Tag '{tag}' is AWS's own and cannot be set; the service that set it, such as CloudFormation, has to do so again.";
        }

        if (settings.Warm is not null)
        {
            yield return "Warm throughput that the new table does not have by itself is asked for again, which AWS charges for once.";
        }

        foreach (IndexSettings index in backup is null ? [] : RestoreTargets.MissingIndexes(settings, backup))
        {
            yield return $"The backup lacks the global index '{index.Name}'; it is made after the restore, and filled while the table is in use.";
        }

        foreach (string unread in settings.Unread)
        {
            yield return $"Not read, so not carried over: {unread}";
        }

        if (Instants.Of(backup?.BackupDetails.BackupExpiryDateTime) is { } expiry)
        {
            yield return $"Backup '{backup!.BackupDetails.BackupArn}' expires at {Instants.Both(expiry)}.";
        }
    }

    private static IEnumerable<string> ScalingTargets(TableSettings settings) =>
        new[] { $"table/{settings.TableName}" }.Concat(settings.GlobalIndexes.Select(i => $"table/{settings.TableName}/index/{i.Name}"));

    private static RestoreException Unsuitable(string message) => new(RestoreProblem.TableNotSuitable, message);
}
