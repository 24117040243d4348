using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>UpdateContinuousBackups and DescribeContinuousBackups: whether a table has history, and its window.</summary>
internal sealed class ContinuousBackups(TableContent content, WriteHistory history, TransientTables transient, BackupControl control)
{
    public async Task<Answer> DescribeAsync(JsonObject request, CancellationToken cancellationToken)
    {
        if (BackupRequest.Name(request, "TableName", out var name) is { } refusal)
        {
            return refusal;
        }

        return transient.Find(name)?.Status != "DELETING" && await content.DescribeAsync(name, cancellationToken) is { } table
            ? Describe(history.Find(name, (string?)table["TableId"])) : BackupErrors.TableNotFound(name);
    }

    public async Task<Answer> UpdateAsync(JsonObject request, CancellationToken cancellationToken)
    {
        if (BackupRequest.Name(request, "TableName", out var name) is { } refusal)
        {
            return refusal;
        }

        var specification = request["PointInTimeRecoverySpecification"];
        if (specification?["PointInTimeRecoveryEnabled"] is not { } enabled)
        {
            return AwsError.Validation("1 validation error detected: Value null at 'pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled'"
                + " failed to satisfy constraint: Member must not be null");
        }

        var days = (int?)specification["RecoveryPeriodInDays"];
        if (days is < 1 or > 35)
        {
            return AwsError.Validation($"1 validation error detected: Value '{days}' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays'"
                + " failed to satisfy constraint: Member must be between 1 and 35");
        }

        if (transient.Find(name) is { } inUse)
        {
            return inUse.Status == "CREATING" ? BackupErrors.BackupsUnavailable(name) : BackupErrors.TableNotFound(name);
        }

        return await content.DescribeAsync(name, cancellationToken) is null
            ? BackupErrors.TableNotFound(name)
            : await history.AloneAsync(name, watch => SetAsync(name, watch, (bool)enabled, days, cancellationToken));
    }

    private async Task<Answer> SetAsync(string name, TableWatch watch, bool enabled, int? days, CancellationToken cancellationToken)
    {
        if (await content.DescribeAsync(name, cancellationToken) is not { } table)
        {
            return BackupErrors.TableNotFound(name);
        }

        if (!enabled)
        {
            watch.History = null;
        }
        else if (watch.History?.TableId != (string)table["TableId"]!)
        {
            var begun = new TableHistory((string)table["TableId"]!, Keys(table), control);
            await content.ScanAsync(name, image => begun.Base(ItemKeys.Of(begun.Names, image)!, image), cancellationToken);
            watch.History = begun;
        }

        if (watch.History is { } current)
        {
            current.RecoveryPeriodInDays = days ?? current.RecoveryPeriodInDays;
        }

        return Describe(watch.History);
    }

    private static Answer Describe(TableHistory? history)
    {
        var recovery = new JsonObject { ["PointInTimeRecoveryStatus"] = history is null ? "DISABLED" : "ENABLED" };
        if (history is not null)
        {
            recovery["RecoveryPeriodInDays"] = history.RecoveryPeriodInDays;
            recovery["EarliestRestorableDateTime"] = BackupRequest.Epoch(history.Earliest);
            recovery["LatestRestorableDateTime"] = BackupRequest.Epoch(history.Latest);
        }

        return BackupRequest.Json(new JsonObject
        {
            ["ContinuousBackupsDescription"] = new JsonObject
            {
                ["ContinuousBackupsStatus"] = "ENABLED",
                ["PointInTimeRecoveryDescription"] = recovery,
            },
        });
    }

    internal static KeyNames Keys(JsonObject table)
    {
        string? partition = null;
        string? sort = null;
        foreach (var key in (JsonArray)table["KeySchema"]!)
        {
            var name = (string)key!["AttributeName"]!;
            (partition, sort) = (string)key["KeyType"]! == "HASH" ? (name, sort) : (partition, name);
        }

        return new KeyNames(partition!, sort, (string?)table["TableId"] ?? (string)table["TableName"]!);
    }
}
