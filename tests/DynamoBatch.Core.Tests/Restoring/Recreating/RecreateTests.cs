using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Recreating;
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
}
