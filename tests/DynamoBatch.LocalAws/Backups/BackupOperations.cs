using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>CreateBackup, DescribeBackup, ListBackups and DeleteBackup.</summary>
internal sealed class BackupOperations(BackupStore backups, TableContent content, WriteHistory history, TransientTables transient)
{
    public async Task<Answer> CreateAsync(JsonObject request, CancellationToken cancellationToken)
    {
        if ((BackupRequest.Name(request, "TableName", out var table) ?? BackupRequest.Name(request, "BackupName", out _)) is { } refusal)
        {
            return refusal;
        }

        if (transient.Find(table) is { } inUse)
        {
            return BackupErrors.TableInUse(table, inUse.Status == "CREATING" ? "created" : "deleted");
        }

        return await content.DescribeAsync(table, cancellationToken) is null
            ? BackupErrors.TableNotFound(table)
            : await history.AloneAsync(table, watch => CreateAsync(table, (string)request["BackupName"]!, watch, cancellationToken));
    }

    public Task<Answer> DescribeAsync(JsonObject request, CancellationToken cancellationToken) =>
        Task.FromResult(Find(request, out var backup) ?? BackupRequest.Json(new JsonObject
        {
            ["BackupDescription"] = BackupDescription.Whole(backup, Status(backup)),
        }));

    public Task<Answer> DeleteAsync(JsonObject request, CancellationToken cancellationToken)
    {
        if (Find(request, out var backup) is { } refusal)
        {
            return Task.FromResult(refusal);
        }

        if (!backups.IsAvailable(backup) || transient.IsRestoring(backup.Arn))
        {
            return Task.FromResult(BackupErrors.BackupInUse(backup.Arn, backups.IsAvailable(backup) ? "restored" : "created"));
        }

        backups.Remove(backup);
        return Task.FromResult(BackupRequest.Json(new JsonObject { ["BackupDescription"] = BackupDescription.Whole(backup, "DELETED") }));
    }

    public Task<Answer> ListAsync(JsonObject request, CancellationToken cancellationToken)
    {
        var limit = (int?)request["Limit"] ?? 100;
        var type = (string?)request["BackupType"] ?? "USER";
        if (limit is < 1 or > 100 || type is not ("USER" or "SYSTEM" or "ALL" or "AWS_BACKUP"))
        {
            return Task.FromResult(AwsError.Validation(
                "1 validation error detected: Limit must be between 1 and 100, and BackupType one of USER, SYSTEM, AWS_BACKUP, ALL"));
        }

        var table = (string?)request["TableName"] is { } given ? BackupRequest.InArn(given) : null;
        var from = BackupRequest.Time(request["TimeRangeLowerBound"]) ?? DateTimeOffset.MinValue;
        var until = BackupRequest.Time(request["TimeRangeUpperBound"]) ?? DateTimeOffset.MaxValue;
        IEnumerable<Backup> found = backups.List().Where(b => (table is null || b.Table == table)
            && (type == "ALL" || type == (b.IsSystem ? "SYSTEM" : "USER")) && b.Created >= from && b.Created < until);
        if ((string?)request["ExclusiveStartBackupArn"] is { } start)
        {
            // By its id, which begins with the time: also behind a backup that has gone.
            found = found.Where(b => string.CompareOrdinal(Id(b.Arn), Id(start)) > 0);
        }

        var page = found.OrderBy(b => Id(b.Arn), StringComparer.Ordinal).Take(limit + 1).ToList();
        var more = page.Count > limit;
        var answer = new JsonObject
        {
            ["BackupSummaries"] = new JsonArray(page.Take(limit).Select(b => (JsonNode)BackupDescription.Summary(b, Status(b))).ToArray()),
        };
        if (more)
        {
            answer["LastEvaluatedBackupArn"] = page[limit - 1].Arn;
        }

        return Task.FromResult(BackupRequest.Json(answer));
    }

    private async Task<Answer> CreateAsync(string table, string name, TableWatch watch, CancellationToken cancellationToken)
    {
        if (await backups.DescribeAsync(table, cancellationToken) is not { } source)
        {
            return BackupErrors.TableNotFound(table);
        }

        if (backups.List().Find(b => (string?)b.Source.Table["TableId"] == (string?)source.Table["TableId"] && !backups.IsAvailable(b)) is { } other)
        {
            return BackupErrors.BackupInUse(other.Arn, "created");
        }

        List<byte[]> items;
        if (watch.History?.TableId == (string?)source.Table["TableId"])
        {
            items = watch.History!.Current();
        }
        else
        {
            items = [];
            await content.ScanAsync(table, items.Add, cancellationToken);
        }

        var backup = backups.Add(name, isSystem: false, source, items);
        return BackupRequest.Json(new JsonObject { ["BackupDetails"] = BackupDescription.Details(backup, "CREATING") });
    }

    private Answer? Find(JsonObject request, out Backup backup)
    {
        var arn = (string?)request["BackupArn"];
        backup = (arn is null ? null : backups.Find(arn))!;
        return arn is null
            ? AwsError.Validation("1 validation error detected: Value null at 'backupArn' failed to satisfy constraint: Member must not be null")
            : backup is null ? BackupErrors.BackupNotFound(arn) : null;
    }

    private string Status(Backup backup) => backups.IsAvailable(backup) ? "AVAILABLE" : "CREATING";

    private static string Id(string arn) => arn[(arn.LastIndexOf('/') + 1)..];
}
