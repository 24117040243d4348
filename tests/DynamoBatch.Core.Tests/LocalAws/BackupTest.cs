using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws;

namespace DynamoBatch.Core.Tests.LocalAws;

/// <summary>A local AWS whose clock stands still, where restores and backups take no time and the window has no lag, unless a test wants them to.</summary>
public abstract class BackupTest : LocalAwsTest
{
    protected override LocalAwsOptions Options => new() { Time = new ManualTime(), Backups = AtOnce };

    protected void Advance(double seconds) => Aws.Backups.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>The second that has begun: all that happened before the last <see cref="Advance" /> of a second or more, and nothing since.</summary>
    protected DateTime Second()
    {
        var now = Aws.Backups.Now.UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }

    protected Task<UpdateContinuousBackupsResponse> TurnOnAsync(string table = Table, int? days = null, bool on = true) =>
        Client.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest
        {
            TableName = table,
            PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = on, RecoveryPeriodInDays = days },
        });

    protected async Task<PointInTimeRecoveryDescription> WindowAsync(string table = Table) =>
        (await Client.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = table }))
            .ContinuousBackupsDescription.PointInTimeRecoveryDescription;

    protected Task PutAsync(string id, string value = "1", string table = Table) =>
        Client.PutItemAsync(table, new Dictionary<string, AttributeValue> { ["id"] = new(id), ["value"] = new(value) });

    protected Task<RestoreTableToPointInTimeResponse> RestoreAsync(DateTime? time, string target = "Restored", string source = Table) =>
        Client.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest
        {
            SourceTableName = source,
            TargetTableName = target,
            RestoreDateTime = time,
            UseLatestRestorableTime = time is null,
        });

    protected async Task<string> BackupAsync(string name = "backup", string table = Table) =>
        (await Client.CreateBackupAsync(new CreateBackupRequest { TableName = table, BackupName = name })).BackupDetails.BackupArn;

    protected Task<RestoreTableFromBackupResponse> RestoreBackupAsync(string arn, string target = "Restored") =>
        Client.RestoreTableFromBackupAsync(new RestoreTableFromBackupRequest { BackupArn = arn, TargetTableName = target });

    protected async Task<TableDescription> ActiveAsync(string table = "Restored")
    {
        TableDescription description = null!;
        await UntilAsync(async () => (description = (await Client.DescribeTableAsync(table)).Table).TableStatus == "ACTIVE");
        return description;
    }

    /// <summary>The ids in a table once it is active, each with its value.</summary>
    protected async Task<string> ContentAsync(string table = "Restored")
    {
        await ActiveAsync(table);
        var items = (await Client.ScanAsync(new ScanRequest(table) { ConsistentRead = true })).Items ?? [];
        return string.Join(' ', items.Select(i => $"{i["id"].S}={i.GetValueOrDefault("value")?.S}").Order(StringComparer.Ordinal));
    }
}
