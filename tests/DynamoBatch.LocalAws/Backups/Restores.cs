using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>RestoreTableToPointInTime and RestoreTableFromBackup: a new table, CREATING for a while, that has less than its source had.</summary>
internal sealed class Restores(
    OperationTable operations, TableContent content, WriteHistory history, BackupStore backups, TransientTables transient, BackupControl control)
{
    private const int Limit = 50;

    public async Task<Answer> ToPointInTimeAsync(JsonObject request, CancellationToken cancellationToken)
    {
        var member = request["SourceTableName"] is null && request["SourceTableArn"] is not null ? "SourceTableArn" : "SourceTableName";
        if ((BackupRequest.Name(request, member, out var name) ?? BackupRequest.Name(request, "TargetTableName", out _)) is { } refusal)
        {
            return refusal;
        }

        var asked = BackupRequest.Time(request["RestoreDateTime"]);
        var wantsLatest = (bool?)request["UseLatestRestorableTime"] == true;
        if (wantsLatest == asked is not null)
        {
            return AwsError.Validation("One or more parameter values were invalid: exactly one of RestoreDateTime and UseLatestRestorableTime must be given");
        }

        if (transient.Find(name)?.Status == "DELETING" || await content.DescribeAsync(name, cancellationToken) is not { } source)
        {
            return BackupErrors.TableNotFound(name);
        }

        if (history.Find(name, (string?)source["TableId"]) is not { } versions)
        {
            return BackupErrors.RecoveryUnavailable(name);
        }

        var time = asked ?? versions.Latest;
        return time < versions.Earliest || time > versions.Latest
            ? BackupErrors.InvalidRestoreTime()
            : await RestoreAsync(request, source, time, backup: null, () => versions.At(time), cancellationToken);
    }

    public async Task<Answer> FromBackupAsync(JsonObject request, CancellationToken cancellationToken)
    {
        if (BackupRequest.Name(request, "TargetTableName", out _) is { } refusal)
        {
            return refusal;
        }

        var arn = (string?)request["BackupArn"];
        if (arn is null)
        {
            return AwsError.Validation("1 validation error detected: Value null at 'backupArn' failed to satisfy constraint: Member must not be null");
        }

        return backups.Find(arn) is not { } backup ? BackupErrors.BackupNotFound(arn)
            : !backups.IsAvailable(backup) ? BackupErrors.BackupInUse(arn, "created")
            : await RestoreAsync(request, backup.Source.Table, backup.Created, backup, () => backup.Items, cancellationToken);
    }

    private async Task<Answer> RestoreAsync(
        JsonObject request, JsonObject source, DateTimeOffset time, Backup? backup, Func<IReadOnlyList<byte[]>> items, CancellationToken cancellationToken)
    {
        var target = (string)request["TargetTableName"]!;
        if (RestoredTable.Create(source, request, out var refusal) is not { } create)
        {
            return refusal!;
        }

        if (transient.Find(target) is { } inUse)
        {
            return InUse(target, inUse);
        }

        if (await content.DescribeAsync(target, cancellationToken) is not null)
        {
            return BackupErrors.TableAlreadyExists(target);
        }

        if (transient.Restoring >= Limit)
        {
            return BackupErrors.TooManyRestores(Limit);
        }

        var restoring = new TransientTable
        {
            Status = "CREATING",
            Until = control.Now.AddSeconds(control.Settings.RestoreTime),
            BackupArn = backup?.Arn,
        };
        return transient.TryAdd(target, restoring)
            ? await StartAsync(target, create, source, time, restoring, items, cancellationToken)
            : BackupErrors.TableInUse(target, "restored");
    }

    private async Task<Answer> StartAsync(
        string target, JsonObject create, JsonObject source, DateTimeOffset time, TransientTable restoring, Func<IReadOnlyList<byte[]>> items,
        CancellationToken cancellationToken)
    {
        Answer answer;
        try
        {
            answer = await operations.CallAsync("CreateTable", create.ToJsonString(), cancellationToken);
        }
        catch
        {
            transient.Remove(target);
            throw;
        }

        if (!answer.Succeeded)
        {
            transient.Remove(target);
            // Somebody made it meanwhile.
            return Encoding.UTF8.GetString(answer.Body).Contains("ResourceInUseException", StringComparison.Ordinal)
                ? BackupErrors.TableAlreadyExists(target) : answer;
        }

        var table = (JsonObject)JsonNode.Parse(answer.Body)!["TableDescription"]!.DeepClone();
        var id = (string)table["TableId"]!;
        var summary = new JsonObject
        {
            ["SourceTableArn"] = source["TableArn"]?.DeepClone(),
            ["RestoreDateTime"] = BackupRequest.Epoch(time),
            ["RestoreInProgress"] = false,
        };
        if (restoring.BackupArn is { } arn)
        {
            summary["SourceBackupArn"] = arn;
        }

        transient.Remember(id, summary);
        restoring.Loading = content.LoadAsync(target, items(), cancellationToken);
        restoring.TableId = id;
        transient.Decorate(table);
        return BackupRequest.Json(new JsonObject { ["TableDescription"] = table });
    }

    private static Answer InUse(string target, TransientTable table) =>
        BackupErrors.TableInUse(target, table.Status == "CREATING" ? "restored" : "deleted");
}
