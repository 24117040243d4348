using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws.Backups;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class PointInTimeTests : BackupTest
{
    [Fact]
    public async Task A_restore_gives_what_the_table_held_then()
    {
        await PutAsync("before");
        await PutAsync("changes", "old");
        await TurnOnAsync();
        Advance(1);
        var first = Second();
        await PutAsync("changes", "new");
        await PutAsync("after");
        await Client.DeleteItemAsync(Table, new Dictionary<string, AttributeValue> { ["id"] = new("before") });
        Advance(1);
        var second = Second();
        await PutAsync("later");

        await RestoreAsync(first);
        await RestoreAsync(second, "Second");
        await RestoreAsync(null, "Latest");
        await RestoreAsync((await WindowAsync()).EarliestRestorableDateTime, "Earliest");

        Assert.Equal("before=1 changes=old", await ContentAsync());
        Assert.Equal("after=1 changes=new", await ContentAsync("Second"));
        Assert.Equal("after=1 changes=new", await ContentAsync("Latest"));
        Assert.Equal("before=1 changes=old", await ContentAsync("Earliest"));
        Assert.Equal("after=1 changes=new later=1", await ContentAsync(Table));
    }

    [Fact]
    public async Task The_window_moves_with_the_clock_behind_it_by_its_lag_and_as_long_as_its_period()
    {
        Aws.Backups.Set(AtOnce with { RestorableLag = 300 });
        Assert.Equal("DISABLED", (await WindowAsync()).PointInTimeRecoveryStatus);
        await TurnOnAsync();
        var began = Second();

        var window = await WindowAsync();
        Assert.Equal(("ENABLED", 35), (window.PointInTimeRecoveryStatus.Value, window.RecoveryPeriodInDays!.Value));
        Assert.Equal(began, window.EarliestRestorableDateTime!.Value.ToUniversalTime());
        Assert.Equal(began, window.LatestRestorableDateTime!.Value.ToUniversalTime());
        Advance(400);
        Assert.Equal(began.AddSeconds(100), (await WindowAsync()).LatestRestorableDateTime!.Value.ToUniversalTime());
        await TurnOnAsync(days: 2);
        Advance(3 * 86_400);
        Assert.Equal(Second().AddDays(-2), (await WindowAsync()).EarliestRestorableDateTime!.Value.ToUniversalTime());
    }

    [Fact]
    public async Task Off_and_on_again_begins_a_new_window()
    {
        await TurnOnAsync();
        Advance(100);
        await TurnOnAsync();
        Assert.Equal(Second().AddSeconds(-100), (await WindowAsync()).EarliestRestorableDateTime!.Value.ToUniversalTime());

        await TurnOnAsync(on: false);
        Assert.Equal("DISABLED", (await WindowAsync()).PointInTimeRecoveryStatus);
        await PutAsync("while-off");
        await TurnOnAsync();
        Advance(1);

        Assert.Equal(Second().AddSeconds(-1), (await WindowAsync()).EarliestRestorableDateTime!.Value.ToUniversalTime());
        await RestoreAsync(null);
        Assert.Equal("while-off=1", await ContentAsync());
    }

    [Fact]
    public async Task A_restore_is_refused_with_the_error_that_AWS_gives()
    {
        await Assert.ThrowsAsync<PointInTimeRecoveryUnavailableException>(() => RestoreAsync(null));
        await Assert.ThrowsAsync<TableNotFoundException>(() => RestoreAsync(null, source: "Nobody"));
        await Assert.ThrowsAsync<TableNotFoundException>(() => TurnOnAsync("Nobody"));
        await Assert.ThrowsAsync<TableNotFoundException>(() => WindowAsync("Nobody"));
        Aws.Backups.Set(AtOnce with { RestorableLag = 300, RestoreTime = 10 });
        await TurnOnAsync();
        Advance(1000);
        await Assert.ThrowsAsync<InvalidRestoreTimeException>(() => RestoreAsync(Second().AddSeconds(-1001)));
        await Assert.ThrowsAsync<InvalidRestoreTimeException>(() => RestoreAsync(Second().AddSeconds(-299)));
        await Assert.ThrowsAsync<InvalidRestoreTimeException>(() => RestoreAsync(Second().AddDays(1)));
        await Assert.ThrowsAsync<TableAlreadyExistsException>(() => RestoreAsync(null, target: Table));
        Assert.Equal("ValidationException", (await Assert.ThrowsAsync<Amazon.DynamoDBv2.AmazonDynamoDBException>(() => Client.RestoreTableToPointInTimeAsync(
            new RestoreTableToPointInTimeRequest { SourceTableName = Table, TargetTableName = "Both", RestoreDateTime = Second(), UseLatestRestorableTime = true }))).ErrorCode);
        Assert.Equal("ValidationException", (await Assert.ThrowsAsync<Amazon.DynamoDBv2.AmazonDynamoDBException>(() => TurnOnAsync(days: 36))).ErrorCode);

        for (var i = 0; i < 50; i++)
        {
            await RestoreAsync(null, $"Restored{i}");
        }

        await Assert.ThrowsAsync<TableInUseException>(() => RestoreAsync(null, "Restored0"));
        await Assert.ThrowsAsync<LimitExceededException>(() => RestoreAsync(null, "OneTooMany"));
        Advance(10);
        await ActiveAsync("Restored49");
        await RestoreAsync(null, "OneTooMany");
        Assert.Equal(["Restored0", "Restored1"], (await Client.ListTablesAsync()).TableNames.FindAll(t => t is "Restored0" or "Restored1"));
    }

    [Fact]
    public async Task A_table_that_is_being_restored_is_not_there_yet_for_readers_and_writers()
    {
        Aws.Backups.Set(AtOnce with { RestoreTime = 60 });
        await PutAsync("a");
        await TurnOnAsync();
        var answer = (await RestoreAsync(null)).TableDescription;
        Assert.Equal("CREATING", answer.TableStatus);
        Assert.True(answer.RestoreSummary.RestoreInProgress);
        Assert.Equal("CREATING", (await Client.DescribeTableAsync("Restored")).Table.TableStatus);

        await Assert.ThrowsAsync<ResourceNotFoundException>(() => PutAsync("x", table: "Restored"));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.ScanAsync(new ScanRequest("Restored")));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.GetItemAsync("Restored", new Dictionary<string, AttributeValue> { ["id"] = new("a") }));
        Assert.Equal("ResourceNotFound", Assert.Single((await Client.BatchExecuteStatementAsync(new BatchExecuteStatementRequest
        {
            Statements = [new BatchStatementRequest { Statement = "INSERT INTO \"Restored\" VALUE {'id':'x'}" }],
        })).Responses).Error.Code);
        await Assert.ThrowsAsync<ResourceInUseException>(() => Client.DeleteTableAsync("Restored"));
        await Assert.ThrowsAsync<ContinuousBackupsUnavailableException>(() => TurnOnAsync("Restored"));
        await Assert.ThrowsAsync<TableInUseException>(() => BackupAsync(table: "Restored"));
        Assert.Equal("a=1", await ContentAsync(Table));

        Advance(60);
        var restored = await ActiveAsync();
        Assert.False(restored.RestoreSummary.RestoreInProgress);
        Assert.EndsWith("table/" + Table, restored.RestoreSummary.SourceTableArn, StringComparison.Ordinal);
        Assert.Equal(Second().AddSeconds(-60), restored.RestoreSummary.RestoreDateTime!.Value.ToUniversalTime());
        Assert.Equal("a=1", await ContentAsync());
    }

    [Fact]
    public async Task A_restore_whose_answer_is_lost_goes_on_all_the_same()
    {
        await PutAsync("a");
        await TurnOnAsync();
        Aws.Faults.Next("RestoreTableToPointInTime", FaultKind.CutAfter, FaultKind.Error500Before);

        await Assert.ThrowsAnyAsync<Exception>(() => RestoreAsync(null));
        await Assert.ThrowsAnyAsync<Exception>(() => RestoreAsync(null, "Never"));

        Assert.Equal("a=1", await ContentAsync());
        await Assert.ThrowsAsync<TableAlreadyExistsException>(() => RestoreAsync(null));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.DescribeTableAsync("Never"));
    }

    [Fact]
    public async Task A_table_made_anew_under_the_name_has_no_history_of_the_old_one()
    {
        await PutAsync("old");
        await TurnOnAsync();
        var old = (await Client.DescribeTableAsync(Table)).Table;
        Advance(5);
        await Client.DeleteTableAsync(Table);
        await Assert.ThrowsAsync<TableNotFoundException>(() => RestoreAsync(null));

        await Client.CreateTableAsync(new CreateTableRequest(Table, old.KeySchema, old.AttributeDefinitions, null) { BillingMode = "PAY_PER_REQUEST" });

        Assert.Equal("DISABLED", (await WindowAsync()).PointInTimeRecoveryStatus);
        await Assert.ThrowsAsync<PointInTimeRecoveryUnavailableException>(() => RestoreAsync(null));
        await TurnOnAsync();
        Assert.Equal(Second(), (await WindowAsync()).EarliestRestorableDateTime!.Value.ToUniversalTime());
    }

    [Fact]
    public async Task A_deleted_table_is_deleting_for_a_while()
    {
        Aws.Backups.Set(AtOnce with { DeleteTime = 30 });
        var old = (await Client.DescribeTableAsync(Table)).Table;
        await TurnOnAsync();
        Assert.Equal("DELETING", (await Client.DeleteTableAsync(Table)).TableDescription.TableStatus);

        Assert.Equal("DELETING", (await Client.DescribeTableAsync(Table)).Table.TableStatus);
        await Client.DeleteTableAsync(Table);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => PutAsync("a"));
        await Assert.ThrowsAsync<ResourceInUseException>(() => Client.CreateTableAsync(new CreateTableRequest(Table, old.KeySchema, old.AttributeDefinitions, null)
        {
            BillingMode = "PAY_PER_REQUEST",
        }));
        var backup = Assert.Single((await Client.ListBackupsAsync(new ListBackupsRequest { BackupType = "SYSTEM" })).BackupSummaries);
        await Assert.ThrowsAsync<TableInUseException>(() => RestoreBackupAsync(backup.BackupArn, Table));

        Advance(30);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.DescribeTableAsync(Table));
        await RestoreBackupAsync(backup.BackupArn, Table);
        Assert.Equal("", await ContentAsync(Table));
    }
}
