using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class HistoryOrderTests : BackupTest
{
    private const int Rounds = 8;
    private const int WritersAtOnce = 8;

    [Fact]
    public async Task Writes_of_one_key_at_once_are_recorded_in_the_order_in_which_they_landed()
    {
        // Behind the local AWS that keeps history another one, where answers overtake each other.
        Aws.Faults.For("UpdateItem", new OperationFaults { LatencyJitter = 20 });
        Aws.Faults.For("BatchGetItem", new OperationFaults { AnswerJitter = 20 });
        await using var aws = await LocalAwsServer.StartAsync(Options with { Backend = Aws.Endpoint });
        using var client = CreateClient(aws.Endpoint);
        await client.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest
        {
            TableName = Table,
            PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = true },
        });
        var times = new List<DateTime>();
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, WritersAtOnce).Select(_ => client.UpdateItemAsync(new UpdateItemRequest
            {
                TableName = Table,
                Key = new Dictionary<string, AttributeValue> { ["id"] = new("shared") },
                UpdateExpression = "ADD visits :one",
                ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":one"] = new() { N = "1" } },
            })));
            aws.Backups.Advance(TimeSpan.FromSeconds(1));
            times.Add(aws.Backups.Now.UtcDateTime.AddSeconds(-0.5));
        }

        for (var round = 0; round < Rounds; round++)
        {
            var target = $"Round{round}";
            await client.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest
            {
                SourceTableName = Table,
                TargetTableName = target,
                RestoreDateTime = times[round],
            });
            await UntilAsync(async () => (await client.DescribeTableAsync(target)).Table.TableStatus == "ACTIVE");
            var items = (await client.ScanAsync(new ScanRequest(target))).Items;
            Assert.Equal(((round + 1) * WritersAtOnce).ToString(CultureInfo.InvariantCulture), Assert.Single(items)["visits"].N);
        }
    }
    [Fact]
    public async Task No_write_on_its_way_is_missed_when_history_begins_or_a_backup_is_taken()
    {
        Aws.Faults.For("PutItem", new OperationFaults { LatencyJitter = 60 });
        await using var aws = await LocalAwsServer.StartAsync(Options with { Backend = Aws.Endpoint });
        using var client = CreateClient(aws.Endpoint);
        var done = 0;
        var acknowledged = new ConcurrentQueue<string>();
        var writers = Enumerable.Range(0, WritersAtOnce).Select(w => Task.Run(async () =>
        {
            for (var i = 0; Volatile.Read(ref done) == 0; i++)
            {
                var id = $"w{w}n{i}";
                await client.PutItemAsync(Table, new Dictionary<string, AttributeValue> { ["id"] = new(id) });
                acknowledged.Enqueue(id);
            }
        })).ToList();
        var backups = new List<(string Arn, HashSet<string> Least)>();
        for (var i = 0; i < Rounds; i++)
        {
            var count = acknowledged.Count;
            await UntilAsync(() => Task.FromResult(acknowledged.Count > count + WritersAtOnce));
            var least = acknowledged.ToHashSet();
            backups.Add(((await client.CreateBackupAsync(new CreateBackupRequest { TableName = Table, BackupName = "backup" })).BackupDetails.BackupArn, least));
            await client.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest
            {
                TableName = Table,
                PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = i % 2 == 0 },
            });
        }

        await client.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest
        {
            TableName = Table,
            PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = true },
        });
        Volatile.Write(ref done, 1);
        await Task.WhenAll(writers);
        aws.Backups.Advance(TimeSpan.FromSeconds(1));

        await client.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest
        {
            SourceTableName = Table,
            TargetTableName = "Latest",
            UseLatestRestorableTime = true,
        });
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), (await IdsAsync(client, "Latest")).Order(StringComparer.Ordinal));
        foreach (var (arn, least) in backups)
        {
            var target = $"Backup{backups.FindIndex(b => b.Arn == arn)}";
            await client.RestoreTableFromBackupAsync(new RestoreTableFromBackupRequest { BackupArn = arn, TargetTableName = target });
            Assert.Superset(least, await IdsAsync(client, target));
        }
    }

    private static async Task<HashSet<string>> IdsAsync(AmazonDynamoDBClient client, string table)
    {
        await UntilAsync(async () => (await client.DescribeTableAsync(table)).Table.TableStatus == "ACTIVE");
        return ((await client.ScanAsync(new ScanRequest(table) { ConsistentRead = true })).Items ?? []).Select(i => i["id"].S).ToHashSet();
    }
}
