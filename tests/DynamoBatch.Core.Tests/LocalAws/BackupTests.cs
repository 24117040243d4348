using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws.Backups;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class BackupTests : BackupTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_backup_is_the_table_at_the_request_with_or_without_history(bool history)
    {
        await PutAsync("a", "old");
        await PutAsync("b");
        if (history)
        {
            await TurnOnAsync();
        }

        await PutAsync("a", "new");
        var arn = await BackupAsync();
        await PutAsync("a", "later");
        await PutAsync("c");

        await RestoreBackupAsync(arn);

        Assert.Equal("a=new b=1", await ContentAsync());
        var restored = await ActiveAsync();
        Assert.Equal(arn, restored.RestoreSummary.SourceBackupArn);
        Assert.Contains(":table/" + Table + "/backup/0", arn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_tells_of_its_table_and_of_what_a_restore_drops()
    {
        await CreateRichAsync();
        var source = (await Client.DescribeTableAsync("Rich")).Table;
        var arn = await BackupAsync("nightly", "Rich");

        var backup = (await Client.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = arn })).BackupDescription;

        Assert.Equal(("nightly", "USER", "AVAILABLE"), (backup.BackupDetails.BackupName, backup.BackupDetails.BackupType.Value, backup.BackupDetails.BackupStatus.Value));
        Assert.Equal(("Rich", source.TableId, source.TableArn, 1L),
            (backup.SourceTableDetails.TableName, backup.SourceTableDetails.TableId, backup.SourceTableDetails.TableArn, backup.SourceTableDetails.ItemCount!.Value));
        Assert.Equal(("PROVISIONED", 7L), (backup.SourceTableDetails.BillingMode.Value, backup.SourceTableDetails.ProvisionedThroughput.ReadCapacityUnits!.Value));
        Assert.Equal("ByOther", Assert.Single(backup.SourceTableFeatureDetails.GlobalSecondaryIndexes).IndexName);
        Assert.Equal("ByValue", Assert.Single(backup.SourceTableFeatureDetails.LocalSecondaryIndexes).IndexName);
        Assert.Equal("NEW_IMAGE", backup.SourceTableFeatureDetails.StreamDescription.StreamViewType);
        Assert.Equal("ttl", backup.SourceTableFeatureDetails.TimeToLiveDescription.AttributeName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_restored_table_has_indexes_capacity_and_encryption_but_not_the_rest(bool fromBackup)
    {
        await CreateRichAsync();
        await TurnOnAsync("Rich");
        Advance(1);
        await (fromBackup ? RestoreBackupAsync(await BackupAsync(table: "Rich")) : (Task)RestoreAsync(null, source: "Rich"));

        var restored = await ActiveAsync();

        Assert.Equal((7, 8), (restored.ProvisionedThroughput.ReadCapacityUnits, restored.ProvisionedThroughput.WriteCapacityUnits));
        Assert.Equal("ByValue", Assert.Single(restored.LocalSecondaryIndexes).IndexName);
        Assert.Equal(5, Assert.Single(restored.GlobalSecondaryIndexes).ProvisionedThroughput.ReadCapacityUnits);
        Assert.Equal("KMS", restored.SSEDescription.SSEType);
        Assert.NotEqual((await Client.DescribeTableAsync("Rich")).Table.TableId, restored.TableId);
        Assert.True(restored.StreamSpecification?.StreamEnabled is not true && restored.LatestStreamArn is null);
        Assert.NotEqual(true, restored.DeletionProtectionEnabled);
        Assert.NotEqual("STANDARD_INFREQUENT_ACCESS", restored.TableClassSummary?.TableClass?.Value);
        Assert.Empty((await Client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = restored.TableArn })).Tags ?? []);
        Assert.Equal("DISABLED", (await Client.DescribeTimeToLiveAsync("Restored")).TimeToLiveDescription.TimeToLiveStatus);
        Assert.Equal("DISABLED", (await WindowAsync("Restored")).PointInTimeRecoveryStatus);
        Assert.Equal("a=1", await ContentAsync());
    }

    [Fact]
    public async Task A_restore_can_leave_indexes_out_and_change_the_billing()
    {
        await CreateRichAsync();
        await TurnOnAsync("Rich");
        await Client.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest
        {
            SourceTableArn = (await Client.DescribeTableAsync("Rich")).Table.TableArn,
            TargetTableName = "Restored",
            UseLatestRestorableTime = true,
            BillingModeOverride = BillingMode.PAY_PER_REQUEST,
            GlobalSecondaryIndexOverride = [],
            LocalSecondaryIndexOverride = [],
        });

        var restored = await ActiveAsync();

        Assert.Equal("PAY_PER_REQUEST", restored.BillingModeSummary.BillingMode);
        Assert.Empty(restored.GlobalSecondaryIndexes ?? []);
        Assert.Empty(restored.LocalSecondaryIndexes ?? []);
        Assert.Equal(["id", "other"], restored.AttributeDefinitions.Select(a => a.AttributeName).Order());
        await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest
        {
            SourceTableName = "Rich",
            TargetTableName = "Wrong",
            UseLatestRestorableTime = true,
            GlobalSecondaryIndexOverride = [new GlobalSecondaryIndex { IndexName = "Invented", KeySchema = [new KeySchemaElement("id", KeyType.HASH)] }],
        }));
    }

    [Fact]
    public async Task A_table_deleted_with_history_leaves_a_system_backup_of_its_last_state_for_35_days()
    {
        await PutAsync("a", "old");
        await Client.CreateTableAsync(new CreateTableRequest("Plain", [new KeySchemaElement("id", KeyType.HASH)], [new AttributeDefinition("id", "S")], null)
        {
            BillingMode = "PAY_PER_REQUEST",
        });
        await TurnOnAsync();
        await PutAsync("a", "last");
        await Client.DeleteTableAsync(Table);
        await Client.DeleteTableAsync("Plain");

        Assert.Empty((await Client.ListBackupsAsync(new ListBackupsRequest())).BackupSummaries ?? []);
        var backup = Assert.Single((await Client.ListBackupsAsync(new ListBackupsRequest { BackupType = "ALL" })).BackupSummaries);
        Assert.Equal((Table + "$DeletedTableBackup", "SYSTEM", Table), (backup.BackupName, backup.BackupType.Value, backup.TableName));

        await RestoreBackupAsync(backup.BackupArn, Table);
        Assert.Equal("a=last", await ContentAsync(Table));
        Advance(35 * 86_400);
        await Assert.ThrowsAsync<BackupNotFoundException>(() => RestoreBackupAsync(backup.BackupArn));
    }

    [Fact]
    public async Task A_protected_table_is_not_deleted_and_leaves_no_backup()
    {
        await CreateRichAsync();
        await TurnOnAsync("Rich");

        await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.DeleteTableAsync("Rich"));

        Assert.Empty((await Client.ListBackupsAsync(new ListBackupsRequest { BackupType = "ALL" })).BackupSummaries ?? []);
        Assert.Equal("ENABLED", (await WindowAsync("Rich")).PointInTimeRecoveryStatus);
    }

    [Fact]
    public async Task Backups_are_listed_by_table_type_and_time_page_by_page()
    {
        var began = Second();
        for (var i = 0; i < 5; i++)
        {
            await BackupAsync($"number{i}");
            Advance(10);
        }

        var first = await Client.ListBackupsAsync(new ListBackupsRequest { TableName = Table, Limit = 3 });
        var second = await Client.ListBackupsAsync(new ListBackupsRequest { TableName = Table, Limit = 3, ExclusiveStartBackupArn = first.LastEvaluatedBackupArn });
        var between = await Client.ListBackupsAsync(new ListBackupsRequest
        {
            TimeRangeLowerBound = began.AddSeconds(10),
            TimeRangeUpperBound = began.AddSeconds(30),
        });

        Assert.Equal(["number0", "number1", "number2"], first.BackupSummaries.Select(b => b.BackupName));
        Assert.Equal(["number3", "number4"], second.BackupSummaries.Select(b => b.BackupName));
        Assert.Null(second.LastEvaluatedBackupArn);
        Assert.Equal(["number1", "number2"], between.BackupSummaries.Select(b => b.BackupName));
        Assert.Empty((await Client.ListBackupsAsync(new ListBackupsRequest { TableName = "Other" })).BackupSummaries ?? []);
    }

    [Fact]
    public async Task A_backup_in_use_is_refused_and_a_deleted_one_is_not_found()
    {
        Aws.Backups.Set(AtOnce with { BackupTime = 60, RestoreTime = 60 });
        await PutAsync("a");
        var arn = await BackupAsync();
        await Assert.ThrowsAsync<BackupInUseException>(() => BackupAsync("another"));
        await Assert.ThrowsAsync<BackupInUseException>(() => RestoreBackupAsync(arn));
        await Assert.ThrowsAsync<BackupInUseException>(() => DeleteAsync(arn));
        await Assert.ThrowsAsync<TableNotFoundException>(() => BackupAsync(table: "Nobody"));
        Advance(60);
        await RestoreBackupAsync(arn);
        await Assert.ThrowsAsync<BackupInUseException>(() => DeleteAsync(arn));
        Advance(60);
        Assert.Equal("a=1", await ContentAsync());

        Assert.Equal("DELETED", (await DeleteAsync(arn)).BackupDescription.BackupDetails.BackupStatus);

        await Assert.ThrowsAsync<BackupNotFoundException>(() => DeleteAsync(arn));
        await Assert.ThrowsAsync<BackupNotFoundException>(() => RestoreBackupAsync(arn));
        await Assert.ThrowsAsync<BackupNotFoundException>(() => Client.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = arn }));
    }

    [Fact]
    public async Task Clock_and_durations_are_told_over_http()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Aws.Endpoint, "__localaws/") };
        var before = Aws.Backups.Now;

        using var clock = new StringContent("{\"advanceSeconds\":600}");
        using var durations = new StringContent("{\"restorableLag\":7,\"backupTime\":1.5}");
        using var backward = new StringContent("{\"advanceSeconds\":-1}");
        await http.PostAsync(new Uri("clock", UriKind.Relative), clock);
        await http.PostAsync(new Uri("backups", UriKind.Relative), durations);

        Assert.Equal(TimeSpan.FromSeconds(600), Aws.Backups.Now - before);
        Assert.Equal(AtOnce with { RestorableLag = 7, BackupTime = 1.5 }, Aws.Backups.Settings);
        Assert.Contains("\"offsetSeconds\":600", await http.GetStringAsync(new Uri("clock", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await http.PostAsync(new Uri("clock", UriKind.Relative), backward)).StatusCode);
    }

    private Task<DeleteBackupResponse> DeleteAsync(string arn) => Client.DeleteBackupAsync(new DeleteBackupRequest { BackupArn = arn });

    private async Task CreateRichAsync()
    {
        await Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = "Rich",
            KeySchema = [new KeySchemaElement("id", KeyType.HASH), new KeySchemaElement("other", KeyType.RANGE)],
            AttributeDefinitions = [new AttributeDefinition("id", "S"), new AttributeDefinition("other", "N"), new AttributeDefinition("value", "S")],
            ProvisionedThroughput = new ProvisionedThroughput(7, 8),
            LocalSecondaryIndexes =
            [
                new LocalSecondaryIndex
                {
                    IndexName = "ByValue",
                    KeySchema = [new KeySchemaElement("id", KeyType.HASH), new KeySchemaElement("value", KeyType.RANGE)],
                    Projection = new Projection { ProjectionType = ProjectionType.KEYS_ONLY },
                },
            ],
            GlobalSecondaryIndexes =
            [
                new GlobalSecondaryIndex
                {
                    IndexName = "ByOther",
                    KeySchema = [new KeySchemaElement("other", KeyType.HASH)],
                    Projection = new Projection { ProjectionType = ProjectionType.ALL },
                    ProvisionedThroughput = new ProvisionedThroughput(5, 6),
                },
            ],
            StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = StreamViewType.NEW_IMAGE },
            SSESpecification = new SSESpecification { Enabled = true },
            TableClass = TableClass.STANDARD_INFREQUENT_ACCESS,
            DeletionProtectionEnabled = true,
            Tags = [new Tag { Key = "team", Value = "a" }],
        });
        await Client.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest
        {
            TableName = "Rich",
            TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = "ttl", Enabled = true },
        });
        await Client.PutItemAsync("Rich", new Dictionary<string, AttributeValue> { ["id"] = new("a"), ["other"] = new() { N = "1" }, ["value"] = new("1") });
    }
}
