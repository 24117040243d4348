using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
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
}
