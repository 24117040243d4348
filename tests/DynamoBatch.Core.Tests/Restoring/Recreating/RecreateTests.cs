using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Recreating;
using DynamoBatch.LocalAws.Faults;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Restoring.Recreating;

public sealed class RecreateTests(RecreateWorld world) : IClassFixture<RecreateWorld>
{
    [Fact]
    public async Task Content_and_every_setting_are_as_they_were()
    {
        DamagedTable table = await world.CreateAsync();
        TableSettings before = await world.SettingsAsync(table.Name);

        RecreateResult result = await world.RunAsync(table);

        TableSettings after = await world.SettingsAsync(table.Name);
        result.Failed.ShouldBeEmpty();
        result.ScratchTableName.ShouldBeNull(string.Join("; ", result.Notes));
        await world.MustBeRestoredAsync(table, before);
        before.StreamPolicy.ShouldNotBeNull();
        after.TableId.ShouldNotBe(before.TableId);
        after.TableArn.ShouldBe(before.TableArn);
        result.StreamArn.ShouldNotBe(result.OldStreamArn);
        result.Outage.ShouldBeGreaterThan(TimeSpan.Zero);
        foreach (string arn in new[] { result.ContentBackupArn, result.LastStateBackupArn! })
        {
            (await world.Client.DescribeBackupAsync(new() { BackupArn = arn })).BackupDescription.BackupDetails.BackupStatus.ShouldBe(BackupStatus.AVAILABLE);
        }
    }

    [Fact]
    public async Task A_plan_changes_nothing_and_tells_what_will_be_lost()
    {
        DamagedTable table = await world.CreateAsync();
        world.Aws.Log.Reset();

        RecreatePlan plan = await new RecreatePlanner(world.Control(), table.Options).PlanAsync(null, null, default);

        world.Aws.Log.Mutating.ShouldBeEmpty();
        plan.Source.Time.ShouldBe(table.Options.PointInTime);
        plan.CarriedOver.ShouldContain("ResourcePolicy");
        plan.NotCarriedOver.ShouldContain(n => n.Contains("event source mappings"));
        plan.NotCarriedOver.ShouldContain(n => n.Contains("describe-scalable-targets"));
        plan.BackupArn.ShouldBeNull();
    }

    [Fact]
    public async Task Preparing_does_nothing_to_the_table()
    {
        DamagedTable table = await world.CreateAsync();
        string before = (await world.SettingsAsync(table.Name)).ToJson();
        using RestoreJournal journal = world.Open(table);

        RecreatePlan plan = await new RecreateRun(world.Control(), journal, table.Options).PrepareAsync(default);

        (await world.SettingsAsync(table.Name)).ToJson().ShouldBe(before);
        (await world.ReadAsync(table.Name)).ShouldBe(table.Damaged);
        plan.BackupItems.ShouldBe(table.Wanted.Count);
        plan.RestoreCommand!.ShouldContain($"--target-table-name {table.Name} --backup-arn {plan.BackupArn}");
        plan.RestoreCommand!.ShouldContain("--provisioned-throughput-override ReadCapacityUnits=11,WriteCapacityUnits=12");
    }

    [Fact]
    public async Task The_latest_time_is_the_same_for_a_run_that_goes_on()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);
        RecreateOptions options = table.Options with { PointInTime = null };
        world.Aws.Faults.Next("CreateBackup", FaultKind.AccessDenied);
        await Should.ThrowAsync<DdbException>(() => RunLatestAsync());
        world.Aws.Backups.Advance(TimeSpan.FromMinutes(1));
        await world.Client.DeleteItemAsync(table.Name, TableShapes.Key(12));

        await RunLatestAsync();

        (await world.ReadAsync(table.Name)).ShouldBe(table.Damaged);

        async Task RunLatestAsync()
        {
            using RestoreJournal journal = world.Open(table);
            var run = new RecreateRun(world.Control(), journal, options);
            await run.RecreateAsync(await run.PrepareAsync(default), default);
        }
    }

    [Fact]
    public async Task A_scratch_table_may_be_kept_and_named()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);

        RecreateResult result = await world.RunAsync(table, table.Options with { KeepScratch = true, ScratchTableName = table.Name + "-kept" });

        result.ScratchTableName.ShouldBe(table.Name + "-kept");
        (await world.ReadAsync(table.Name + "-kept")).ShouldBe(table.Wanted);
    }

    [Fact]
    public async Task A_backup_serves_as_it_is_and_a_global_index_that_it_lacks_is_made()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);
        string arn = (await world.Client.CreateBackupAsync(new() { TableName = table.Name, BackupName = "mine" })).BackupDetails.BackupArn;
        world.Aws.Backups.Advance(TimeSpan.FromSeconds(1));
        await world.Client.UpdateTableAsync(new()
        {
            TableName = table.Name,
            AttributeDefinitions = [new("state", "S")],
            GlobalSecondaryIndexUpdates =
            [
                new() { Create = new() { IndexName = "byState", KeySchema = [new("state", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.ALL }, ProvisionedThroughput = new(1, 2) } },
            ],
        });
        await world.Client.DeleteItemAsync(table.Name, TableShapes.Key(12));
        TableSettings before = await world.SettingsAsync(table.Name);

        RecreateResult result = await world.RunAsync(table, table.Options with { PointInTime = null, BackupArn = arn });

        result.ContentBackupArn.ShouldBe(arn);
        result.Failed.ShouldBeEmpty();
        (await world.ReadAsync(table.Name)).ShouldBe(table.Damaged);
        RecreateWorld.Same(await world.SettingsAsync(table.Name)).ShouldBe(RecreateWorld.Same(before));
    }

    [Fact]
    public async Task The_content_of_another_table_serves_too()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);
        DamagedTable other = await world.CreateAsync(isPlain: true, isRecoverable: false);

        RecreateResult result = await world.RunAsync(table, table.Options with { PointInTime = null, SourceTableName = other.Name });

        (await world.ReadAsync(table.Name)).ShouldBe(other.Damaged);
        (await world.ReadAsync(other.Name)).ShouldBe(other.Damaged);
        result.Failed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_recovery_the_last_state_is_backed_up_just_before_the_deletion()
    {
        DamagedTable other = await world.CreateAsync(isPlain: true);
        DamagedTable table = await world.CreateAsync(isRecoverable: false);
        RecreateOptions options = table.Options with { PointInTime = null, SourceTableName = other.Name };
        (await Should.ThrowAsync<RestoreException>(() => world.RunAsync(table, options))).Message.ShouldContain("-Force");
        TableSettings before = await world.SettingsAsync(table.Name);

        RecreateResult result = await world.RunAsync(table, options with { Force = true });

        await world.Client.RestoreTableFromBackupAsync(new() { BackupArn = result.LastStateBackupArn, TargetTableName = table.Name + "-last" });
        await world.Control().WaitAsync(table.Name + "-last", t => t?.TableStatus == TableStatus.ACTIVE, null, default);
        (await world.ReadAsync(table.Name + "-last")).ShouldBe(table.Damaged);
        RecreateWorld.Same(await world.SettingsAsync(table.Name)).ShouldBe(RecreateWorld.Same(before));
    }

    [Fact]
    public async Task A_table_that_is_updating_is_waited_for()
    {
        DamagedTable table = await world.CreateAsync();
        TableSettings before = await world.SettingsAsync(table.Name);
        world.Aws.Faults.Change(f => f with { UpdatingMs = 100 });
        await world.Client.UpdateTableAsync(new() { TableName = table.Name, ProvisionedThroughput = new(21, 22) });

        RecreateResult result = await world.RunAsync(table);

        result.Failed.ShouldBeEmpty();
        await world.MustBeRestoredAsync(table, before with { Provisioned = new Throughput(21, 22) });
    }

    [Fact]
    public async Task A_setting_changed_while_the_user_was_asked_is_kept()
    {
        DamagedTable table = await world.CreateAsync();
        TableSettings before = await world.SettingsAsync(table.Name);

        await world.RunAsync(table, between: () => world.Client.TagResourceAsync(new() { ResourceArn = table.Before.TableArn, Tags = [new() { Key = "late", Value = "yes" }] }));

        await world.MustBeRestoredAsync(table, before with { Tags = new SortedDictionary<string, string>(before.Tags.ToDictionary(t => t.Key, t => t.Value)) { ["late"] = "yes" } });
    }
}
