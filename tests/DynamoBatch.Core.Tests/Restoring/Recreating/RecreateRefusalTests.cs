using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.Core.Restoring.Recreating;
using DynamoBatch.LocalAws.Faults;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Restoring.Recreating;

/// <summary>What a recreation refuses, and what it says when it cannot go on.</summary>
public sealed class RecreateRefusalTests(RecreateWorld world) : IClassFixture<RecreateWorld>
{
    [Fact]
    public async Task A_table_with_replicas_is_refused()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);
        await world.Client.UpdateTableAsync(new() { TableName = table.Name, ReplicaUpdates = [new() { Create = new() { RegionName = "eu-west-1" } }] });
        world.Aws.Log.Reset();

        RestoreException refusal = await Should.ThrowAsync<RestoreException>(() => world.RunAsync(table));

        refusal.Problem.ShouldBe(RestoreProblem.TableNotSuitable);
        refusal.Message.ShouldContain("eu-west-1");
        world.Aws.Log.Mutating.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_table_replaced_while_the_user_was_asked_is_left_alone()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);

        RestoreException refusal = await Should.ThrowAsync<RestoreException>(() => world.RunAsync(table, between: () => ReplaceAsync(table)));

        refusal.Problem.ShouldBe(RestoreProblem.TableReplaced);
        refusal.Message.ShouldContain("restore-table-from-backup");
        (await world.ReadAsync(table.Name)).ShouldBeEmpty();
        (await Should.ThrowAsync<RestoreException>(() => world.RunAsync(table))).Problem.ShouldBe(RestoreProblem.TableReplaced);
        (await world.ReadAsync(table.Name)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_strange_table_under_the_deleted_ones_name_is_left_alone()
    {
        DamagedTable table = await world.CreateAsync();
        TableSettings before = await world.SettingsAsync(table.Name);
        world.Aws.Faults.Change(f => f with { Denied = [$"RestoreTableFromBackup/{table.Name}"] });
        RestoreException denied = await Should.ThrowAsync<RestoreException>(() => world.RunAsync(table));
        (await world.DescribeAsync(table.Name)).ShouldBeNull();
        denied.Message.ShouldContain("dynamodb:RestoreTableFromBackup");
        await world.MustBeSafeAsync(table, denied.Message);
        await world.Client.CreateTableAsync(TableShapes.Create(table.Name));

        RestoreException refusal = await Should.ThrowAsync<RestoreException>(() => world.RunAsync(table));

        refusal.Problem.ShouldBe(RestoreProblem.TableReplaced);
        await world.MustBeSafeAsync(table, refusal.Message);
        (await world.ReadAsync(table.Name)).ShouldBeEmpty();
        await world.Client.DeleteTableAsync(table.Name);
        await world.RunAsync(table);
        await world.MustBeRestoredAsync(table, before);
    }

    [Fact]
    public async Task Protection_is_put_back_where_the_deletion_is_refused()
    {
        DamagedTable table = await world.CreateAsync();
        string before = (await world.SettingsAsync(table.Name)).ToJson();
        world.Aws.Faults.Next("DeleteTable", FaultKind.AccessDenied);

        RestoreException refusal = await Should.ThrowAsync<RestoreException>(() => world.RunAsync(table));

        refusal.Message.ShouldContain("still stands");
        refusal.Message.ShouldContain("dynamodb:DeleteTable");
        (await world.SettingsAsync(table.Name)).ToJson().ShouldBe(before);
    }

    [Fact]
    public async Task A_cancellation_after_the_deletion_only_ends_the_waiting()
    {
        DamagedTable table = await world.CreateAsync();
        TableSettings before = await world.SettingsAsync(table.Name);
        using var cancellation = new CancellationTokenSource();
        RecreateOptions options = table.Options with { Log = text => { if (text.EndsWith("is deleted.", StringComparison.Ordinal)) { cancellation.Cancel(); } } };

        RestoreException stopped = await Should.ThrowAsync<RestoreException>(() => world.RunAsync(table, options, cancellation: cancellation.Token));

        stopped.InnerException.ShouldBeAssignableTo<OperationCanceledException>();
        await world.MustBeSafeAsync(table, stopped.Message);
        await world.RunAsync(table);
        await world.MustBeRestoredAsync(table, before);
    }

    [Fact]
    public async Task A_setting_that_may_not_be_set_is_reported_and_tried_again()
    {
        DamagedTable table = await world.CreateAsync();
        TableSettings before = await world.SettingsAsync(table.Name);
        world.Aws.Faults.Change(f => f with { Denied = ["TagResource", "UpdateTimeToLive"] });

        RecreateResult first = await world.RunAsync(table);
        world.Aws.Faults.Clear();
        TableSettings between = await world.SettingsAsync(table.Name);
        RecreateResult second = await world.RunAsync(table);

        first.Failed.Count.ShouldBe(2);
        first.Failed[0].Name.ShouldBe("Tags");
        first.Failed[0].Command.ShouldStartWith("aws dynamodb tag-resource --resource-arn " + table.Before.TableArn);
        RecreateWorld.Same(between with { Tags = before.Tags, TtlAttribute = before.TtlAttribute }).ShouldBe(RecreateWorld.Same(before));
        second.Failed.ShouldBeEmpty();
        await world.MustBeRestoredAsync(table, before);
    }

    [Fact]
    public async Task A_setting_that_may_not_be_read_is_a_reason_not_to_delete()
    {
        DamagedTable table = await world.CreateAsync();
        world.Aws.Faults.Change(f => f with { Denied = ["GetResourcePolicy"] });
        world.Aws.Log.Reset();

        (await Should.ThrowAsync<DdbException>(() => world.RunAsync(table))).Message.ShouldContain("dynamodb:GetResourcePolicy");

        world.Aws.Log.Mutating.ShouldBeEmpty();
        RecreatePlan plan = await new RecreatePlanner(world.Control(), table.Options with { Force = true }).PlanAsync(null, null, default);
        plan.NotCarriedOver.ShouldContain(n => n.Contains("the resource policy"));
    }

    [Fact]
    public async Task A_backup_that_lacks_a_local_index_is_refused()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);
        CreateTableRequest bare = TableShapes.Create(table.Name + "-bare");
        bare.LocalSecondaryIndexes = null;
        await world.Client.CreateTableAsync(bare);
        string arn = (await world.Client.CreateBackupAsync(new() { TableName = bare.TableName, BackupName = "bare" })).BackupDetails.BackupArn;
        world.Aws.Backups.Advance(TimeSpan.FromSeconds(1));

        RestoreException refusal = await Should.ThrowAsync<RestoreException>(() => world.RunAsync(table, table.Options with { PointInTime = null, BackupArn = arn, Force = true }));

        refusal.Problem.ShouldBe(RestoreProblem.TableNotSuitable);
        refusal.Message.ShouldContain("byRank");
    }

    [Fact]
    public async Task A_backup_deleted_while_the_user_was_asked_keeps_the_table_from_being_deleted()
    {
        DamagedTable table = await world.CreateAsync();
        TableSettings before = await world.SettingsAsync(table.Name);

        RestoreException refusal = await Should.ThrowAsync<RestoreException>(() => world.RunAsync(table, between: async () =>
        {
            string arn = RestoreArn(table);
            await world.Client.DeleteBackupAsync(new() { BackupArn = arn });
        }));

        refusal.Problem.ShouldBe(RestoreProblem.BackupNotUsable);
        (await world.DescribeAsync(table.Name))!.TableId.ShouldBe(table.Before.TableId);
        await world.RunAsync(table);
        await world.MustBeRestoredAsync(table, before);
    }

    private string RestoreArn(DamagedTable table) =>
        world.Client.ListBackupsAsync(new ListBackupsRequest { BackupType = BackupTypeFilter.USER }).GetAwaiter().GetResult()
        .BackupSummaries.Find(b => b.BackupName.StartsWith(table.Name + "-ddbrestore", StringComparison.Ordinal))!.BackupArn;

    private async Task ReplaceAsync(DamagedTable table)
    {
        await world.Client.DeleteTableAsync(table.Name);
        await world.Control().WaitAsync(table.Name, t => t is null, null, default);
        await world.Client.CreateTableAsync(TableShapes.Create(table.Name));
    }
}
