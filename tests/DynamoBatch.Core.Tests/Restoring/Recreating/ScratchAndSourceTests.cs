using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.LocalAws.Faults;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Restoring.Recreating;

/// <summary>What is restored is checked before anything starts, and scratch tables are made once and dropped.</summary>
public sealed class ScratchAndSourceTests(RecreateWorld world) : IClassFixture<RecreateWorld>
{
    [Theory]
    [InlineData(-40, "too long ago")]
    [InlineData(1, "in the future")]
    public async Task A_time_outside_the_window_is_refused_with_the_window(int days, string why)
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);

        RestoreException refusal = await Should.ThrowAsync<RestoreException>(() => Sources.ResolveTimeAsync(table.Before, world.Clock.GetUtcNow().AddDays(days), "PointInTime", default));

        refusal.Problem.ShouldBe(RestoreProblem.PointInTimeNotAvailable);
        refusal.Message.ShouldContain(why);
        refusal.Message.ShouldContain("local time");
    }

    [Fact]
    public async Task A_time_that_is_not_yet_restorable_is_refused()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);
        world.Aws.Backups.Set(RecreateWorld.Quick with { RestorableLag = 600 });
        try
        {
            (await Should.ThrowAsync<RestoreException>(() => Sources.ResolveTimeAsync(table.Before, world.Clock.GetUtcNow().AddMilliseconds(-1), "PointInTime", default)))
                .Message.ShouldContain("wait some minutes");
        }
        finally
        {
            world.Aws.Backups.Set(RecreateWorld.Quick);
        }
    }

    [Fact]
    public async Task A_table_without_recovery_has_no_times()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true, isRecoverable: false);

        RestoreException refusal = await Should.ThrowAsync<RestoreException>(() => Sources.ResolveTimeAsync(table.Before, null, "PointInTime", default));

        refusal.Problem.ShouldBe(RestoreProblem.PointInTimeRecoveryOff);
        refusal.Message.ShouldContain("aws dynamodb update-continuous-backups");
        refusal.Message.ShouldContain("-BackupArn");
    }

    [Theory]
    [InlineData("arn:aws:backup:us-east-1:1:recovery-point:1", "AWS Backup")]
    [InlineData("mine", "not the ARN")]
    [InlineData("arn:aws:dynamodb:us-east-1:000000000000:table/Users/backup/01234567890123-abcdefab", "does not exist")]
    public async Task A_backup_that_is_none_of_DynamoDBs_is_refused(string arn, string why)
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);

        RestoreException refusal = await Should.ThrowAsync<RestoreException>(() => Sources.ResolveBackupAsync(table.Before, arn, false, default));

        refusal.Problem.ShouldBe(RestoreProblem.BackupNotUsable);
        refusal.Message.ShouldContain(why);
    }

    [Fact]
    public async Task A_backup_of_another_table_or_not_ready_is_refused()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);
        DamagedTable other = await world.CreateAsync(isPlain: true);
        world.Aws.Backups.Set(RecreateWorld.Quick with { BackupTime = 60 });
        string arn = (await world.Client.CreateBackupAsync(new() { TableName = other.Name, BackupName = "other" })).BackupDetails.BackupArn;
        world.Aws.Backups.Set(RecreateWorld.Quick);

        (await Should.ThrowAsync<RestoreException>(() => Sources.ResolveBackupAsync(other.Before, arn, false, default))).Message.ShouldContain("CREATING");
        world.Aws.Backups.Advance(TimeSpan.FromSeconds(60));
        (await Should.ThrowAsync<RestoreException>(() => Sources.ResolveBackupAsync(table.Before, arn, false, default))).Message.ShouldContain("-Force");
        (await Sources.ResolveBackupAsync(table.Before, arn, true, default)).Note.ShouldNotBeEmpty();
        (await Sources.ResolveBackupAsync(other.Before, arn, false, default)).Note.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_table_must_be_another_and_of_the_same_key()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);
        await world.Client.CreateTableAsync(new()
        {
            TableName = table.Name + "-else", BillingMode = BillingMode.PAY_PER_REQUEST, KeySchema = [new("id", KeyType.HASH)], AttributeDefinitions = [new("id", "N")],
        });

        (await Should.ThrowAsync<RestoreException>(() => Sources.ResolveTableAsync(table.Before, table.Name, default))).Message.ShouldContain("itself");
        (await Should.ThrowAsync<RestoreException>(() => Sources.ResolveTableAsync(table.Before, table.Name + "-else", default))).Message.ShouldContain("id (N)");
        (await Should.ThrowAsync<RestoreException>(() => Sources.ResolveTableAsync(table.Before, "nobody", default))).Message.ShouldContain("does not exist");
        (await Should.ThrowAsync<DdbException>(() => Sources.ResolveTableAsync(table.Before, "n", default))).Message.ShouldContain("not accepted as a table's name");
    }

    [Theory]
    [InlineData(FaultKind.None)]
    [InlineData(FaultKind.CutAfter)]
    [InlineData(FaultKind.Error500After)]
    [InlineData(FaultKind.Throttled)]
    [InlineData(FaultKind.CutBefore)]
    public async Task A_scratch_table_is_made_once_without_indexes_and_dropped(FaultKind fault)
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);
        using RestoreJournal journal = world.Open(table);
        var source = new RestoreSource(table.Before.TableArn) { Time = table.Options.PointInTime };
        var request = new ScratchRequest("before", table.Name, source);
        world.Aws.Faults.Next("RestoreTableToPointInTime", fault);
        world.Aws.Faults.Next("DeleteTable", fault);

        TableDescription scratch = await Scratch.EnsureAsync(journal, request, default);

        scratch.GlobalSecondaryIndexes.ShouldBeNull();
        scratch.LocalSecondaryIndexes.ShouldBeNull();
        scratch.BillingModeSummary.BillingMode.ShouldBe(BillingMode.PAY_PER_REQUEST);
        (await world.ReadAsync(scratch.TableName)).ShouldBe(table.Wanted);
        (await Scratch.EnsureAsync(journal, request, default)).TableId.ShouldBe(scratch.TableId);
        (await world.ScratchAsync(table)).ShouldBe([scratch.TableName]);
        (await Scratch.DropAsync(journal, "before", default)).ShouldBeNull();
        (await world.ScratchAsync(table)).ShouldBeEmpty();
        ScratchTables.NameOf(journal, "before").ShouldBeNull();
    }

    [Fact]
    public async Task A_table_of_a_scratch_tables_name_is_left_alone()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);
        DamagedTable other = await world.CreateAsync(isPlain: true);
        using RestoreJournal journal = world.Open(table);
        var source = new RestoreSource(table.Before.TableArn) { Time = table.Options.PointInTime };

        (await Should.ThrowAsync<RestoreException>(() => Scratch.EnsureAsync(journal, new("before", table.Name, source) { Name = other.Name }, default)))
            .Problem.ShouldBe(RestoreProblem.ScratchTableExists);

        journal.Write(RestoreStep.ScratchRequested, "before", ("Name", other.Name), ("SourceTableArn", source.SourceTableArn), ("PointInTime", RestoreIdentity.Text(source.Time!.Value)));
        (await Should.ThrowAsync<RestoreException>(() => Scratch.EnsureAsync(journal, new("before", table.Name, source), default)))
            .Message.ShouldContain("not restored from anything");
        (await Scratch.DropAsync(journal, "before", default))!.ShouldContain("left alone");
        (await world.ReadAsync(other.Name)).ShouldBe(other.Damaged);
    }

    [Fact]
    public async Task A_scratch_table_that_cannot_be_deleted_is_named_with_the_command()
    {
        DamagedTable table = await world.CreateAsync(isPlain: true);
        using RestoreJournal journal = world.Open(table);
        TableDescription scratch = await Scratch.EnsureAsync(journal, new("before", table.Name, new(table.Before.TableArn) { Time = table.Options.PointInTime }), default);
        world.Aws.Faults.Next("DeleteTable", FaultKind.AccessDenied);

        string problem = (await Scratch.DropAsync(journal, "before", default))!;

        problem.ShouldContain($"aws dynamodb delete-table --table-name {scratch.TableName}");
        (await Scratch.DropAsync(journal, "before", default)).ShouldBeNull();
    }

    private RestoreSources Sources => new(world.Control());

    private ScratchTables Scratch => new(world.Control(), _ => { });
}
