using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class LogTests : LocalAwsTest
{
    private readonly SteppedTime _time = new();

    protected override LocalAwsOptions Options => new() { LogKeys = true, Time = _time };

    [Theory]
    [InlineData("2", false)]
    [InlineData("1", true)]
    public async Task Two_writes_of_one_key_in_flight_are_a_violation_and_a_repetition_is_told_apart(string value, bool same)
    {
        Aws.Faults.Next("BatchWriteItem", FaultKind.Hang);
        using var givesUp = new CancellationTokenSource();
        var hung = Client.BatchWriteItemAsync(Batch(3), givesUp.Token);
        await UntilAsync(() => Task.FromResult(Aws.Log.Records is [{ Keys.Count: 3 }]));

        await Client.BatchWriteItemAsync(Batch(1, value: value));

        var violation = Assert.Single(Aws.Log.KeyViolations);
        Assert.Equal("Users S:user0", violation.Key);
        Assert.Equal((1, 2, same), (violation.InFlight, violation.Arrived, violation.SameBytes));
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => hung);
    }

    [Fact]
    public async Task One_write_after_the_other_is_none_whatever_the_ending()
    {
        Aws.Faults.Next("BatchWriteItem", FaultKind.None, FaultKind.CutAfter, FaultKind.LateCut, FaultKind.Error500Before, FaultKind.TruncatedAnswer);
        for (var i = 0; i < 8; i++)
        {
            await TryWriteAsync(Batch(25));
        }

        Assert.Empty(Aws.Log.KeyViolations);
        Assert.Equal(25, Aws.Log.Records[0].Keys.Count);
        Assert.All(Aws.Log.Records, r => Assert.NotEqual(0, r.Answered));
    }

    [Fact]
    public async Task Single_writes_and_transactions_are_watched_too()
    {
        var item = new Dictionary<string, AttributeValue> { ["id"] = new("a") };
        await Client.PutItemAsync(Table, item);
        await Client.UpdateItemAsync(Table, item, []);
        await Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems = [new TransactWriteItem { Delete = new Delete { TableName = Table, Key = item } }],
        });

        Assert.All(Aws.Log.Records, r => Assert.Equal("Users S:a", Assert.Single(r.Keys)));
        Assert.Equal(3, Aws.Log.MaxPerKeyPerSecond().Times);
    }

    [Fact]
    public async Task Reads_are_no_mutating_calls()
    {
        await Client.ListTablesAsync();
        await Client.DescribeTableAsync(Table);
        await Client.ScanAsync(new ScanRequest(Table));
        Assert.Empty(Aws.Log.Mutating);

        await Client.BatchWriteItemAsync(Batch());

        Assert.Equal("BatchWriteItem", Assert.Single(Aws.Log.Mutating).Operation);
        Assert.Equal(4, Aws.Log.MaxRequestsPerSecond());
    }

    [Fact]
    public async Task Requests_one_after_the_other_are_one_in_flight()
    {
        await using var aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Backend = Aws.BackendEndpoint });
        using var client = CreateClient(aws.Endpoint);

        await client.ListTablesAsync();
        await client.DescribeTableAsync(Table);

        Assert.Equal(1, aws.Log.MaxInFlight());
    }

    [Fact]
    public async Task Answers_can_come_in_another_order_than_effects()
    {
        Aws.Faults.Set(new FaultSettings
        {
            Seed = 3,
            Operations = new Dictionary<string, OperationFaults> { ["BatchWriteItem"] = new() { AnswerJitter = 150 } },
        });

        var writes = Task.WhenAll(Enumerable.Range(0, 8).Select(i => Client.BatchWriteItemAsync(Batch(1, prefix: $"p{i}-"))));
        await _time.AdvanceUntilAsync(writes, TimeSpan.FromMilliseconds(1));

        var records = Aws.Log.Of("BatchWriteItem");
        Assert.NotEqual(records.Select(r => r.Sequence), records.OrderBy(r => r.Answered).Select(r => r.Sequence));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_faults()
    {
        var faults = new FaultSettings
        {
            Seed = 42,
            Operations = new Dictionary<string, OperationFaults>
            {
                ["BatchWriteItem"] = new()
                {
                    Chance = new Dictionary<FaultKind, double>
                    {
                        [FaultKind.UnprocessedSome] = 0.3, [FaultKind.Throttled] = 0.2, [FaultKind.Error500Midway] = 0.2,
                    },
                },
            },
        };

        var runs = new List<List<string>>();
        for (var run = 0; run < 2; run++)
        {
            Aws.Faults.Set(faults);
            Aws.Log.Reset();
            for (var i = 0; i < 30; i++)
            {
                await TryWriteAsync(Batch());
            }

            runs.Add(Aws.Log.Records.Select(r => $"{r.Fault} {r.Unprocessed}").ToList());
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.Equal(4, runs[0].Distinct().Count());
    }

    [Fact]
    public async Task The_oldest_records_are_dropped()
    {
        await using var aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Backend = Aws.BackendEndpoint, KeepRecords = 2 });
        using var client = CreateClient(aws.Endpoint);
        for (var i = 0; i < 3; i++)
        {
            await client.ListTablesAsync();
        }

        Assert.Equal([2L, 3L], aws.Log.Records.Select(r => r.Sequence));
        Assert.Equal(3, aws.Log.Count);
    }
}
