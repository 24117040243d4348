using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class BatchFaultTests : LocalAwsTest
{
    private const string Write = "BatchWriteItem";
    private readonly SteppedTime _time = new();

    protected override LocalAwsOptions Options => new() { LogKeys = true, Time = _time };

    [Fact]
    public async Task Some_unprocessed_are_handed_back_and_not_written()
    {
        Aws.Faults.For(Write, new OperationFaults { Chance = Always(FaultKind.UnprocessedSome), Share = 0.3 });

        var answer = await Client.BatchWriteItemAsync(Batch());

        Assert.Equal(3, answer.UnprocessedItems[Table].Count);
        Assert.Equal(7, Assert.Single(answer.ConsumedCapacity).CapacityUnits);
        Assert.Equal(7, await CountAsync());
        var left = answer.UnprocessedItems[Table].Select(w => w.PutRequest.Item["id"].S).ToHashSet();
        var stored = (await Backend.ScanAsync(new ScanRequest(Table))).Items.Select(i => i["id"].S);
        Assert.Equal(10, left.Union(stored).Count());
    }

    [Fact]
    public async Task All_unprocessed_can_come_with_200()
    {
        Aws.Faults.Next(Write, FaultKind.UnprocessedAll);

        var answer = await Client.BatchWriteItemAsync(Batch());

        Assert.Equal(10, answer.UnprocessedItems[Table].Count);
        Assert.Equal(0, Assert.Single(answer.ConsumedCapacity).CapacityUnits);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_batch_of_which_nothing_is_processed_is_an_exception_that_says_why()
    {
        Aws.Faults.Next(Write, FaultKind.UnprocessedSome);

        var error = await Assert.ThrowsAsync<ProvisionedThroughputExceededException>(() => Client.BatchWriteItemAsync(Batch(1)));

        var reason = Assert.Single(error.ThrottlingReasons);
        Assert.Equal("TableWriteProvisionedThroughputExceeded", reason.Reason);
        Assert.EndsWith("table/" + Table, reason.Resource, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_on_demand_table_throttles_with_another_exception()
    {
        Aws.Faults.For(Write, new OperationFaults
        {
            Chance = Always(FaultKind.Throttled),
            ThrottlingReason = "TableWriteMaxOnDemandThroughputExceeded",
        });

        var error = await Assert.ThrowsAsync<ThrottlingException>(() => Client.BatchWriteItemAsync(Batch()));

        Assert.Equal("TableWriteMaxOnDemandThroughputExceeded", Assert.Single(error.ThrottlingReasons).Reason);
        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [InlineData(FaultKind.Error500Before, 500, 0)]
    [InlineData(FaultKind.Error500After, 500, 10)]
    [InlineData(FaultKind.Error500Midway, 500, 5)]
    [InlineData(FaultKind.Error503Before, 503, 0)]
    [InlineData(FaultKind.Error503After, 503, 10)]
    [InlineData(FaultKind.Error503Midway, 503, 5)]
    public async Task A_server_error_comes_before_after_or_midway(FaultKind fault, int status, int written)
    {
        Aws.Faults.Next(Write, fault);

        var error = Assert.IsAssignableFrom<AmazonServiceException>(await TryWriteAsync(Batch()));

        Assert.Equal((HttpStatusCode)status, error.StatusCode);
        Assert.Equal(written, await CountAsync());
    }

    [Theory]
    [InlineData(FaultKind.CutBefore, 0)]
    [InlineData(FaultKind.CutAfter, 10)]
    [InlineData(FaultKind.CutMidway, 5)]
    [InlineData(FaultKind.TruncatedAnswer, 10)]
    [InlineData(FaultKind.GarbledAnswer, 10)]
    public async Task An_answer_is_lost_before_after_or_midway(FaultKind fault, int written)
    {
        Aws.Faults.Next(Write, fault);

        Assert.NotNull(await TryWriteAsync(Batch()));

        Assert.Equal(written, await CountAsync());
        Assert.Null(await TryWriteAsync(Batch()));
    }

    [Theory]
    [InlineData(FaultKind.LateCut)]
    [InlineData(FaultKind.LateError500)]
    public async Task A_late_write_lands_after_its_request_has_failed(FaultKind fault)
    {
        Aws.Faults.For(Write, new OperationFaults { Next = [fault], LateMin = 400, LateMax = 500 });

        Assert.NotNull(await TryWriteAsync(Batch()));
        Assert.Equal(0, await CountAsync());
        await _time.AdvanceUntilAsync(Aws.SettleAsync(), TimeSpan.FromSeconds(1));

        Assert.Equal(10, await CountAsync());
        var record = Assert.Single(Aws.Log.Of(Write));
        Assert.True(record.Landed > record.Answered);
    }

    [Theory]
    [InlineData(FaultKind.Hang, 0)]
    [InlineData(FaultKind.HangAfter, 10)]
    [InlineData(FaultKind.LateHang, 10)]
    public async Task A_hung_request_is_never_answered(FaultKind fault, int written)
    {
        Aws.Faults.For(Write, new OperationFaults { Next = [fault], LateMin = 0, LateMax = 1 });
        using var givesUp = new CancellationTokenSource();

        var answer = Client.BatchWriteItemAsync(Batch(), givesUp.Token);
        await UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            return Aws.Log.Of(Write) is [{ Fault: not FaultKind.None }] && await CountAsync() == written;
        });
        Assert.False(answer.IsCompleted);
        Assert.Equal(0, Aws.Log.Of(Write)[0].Answered);
        await givesUp.CancelAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => answer);
        await UntilAsync(() => Task.FromResult(Aws.Log.Of(Write)[0].Answered != 0));
    }

    [Fact]
    public async Task Keys_of_a_batch_get_come_back_unprocessed_with_their_projection()
    {
        await Client.BatchWriteItemAsync(Batch());
        Aws.Faults.For("BatchGetItem", new OperationFaults { Next = [FaultKind.UnprocessedSome, FaultKind.UnprocessedAll], Share = 0.4 });
        var request = new BatchGetItemRequest(new Dictionary<string, KeysAndAttributes>
        {
            [Table] = new()
            {
                ConsistentRead = true,
                ProjectionExpression = "id",
                Keys = Enumerable.Range(0, 10).Select(i => new Dictionary<string, AttributeValue> { ["id"] = new($"user{i}") }).ToList(),
            },
        });

        var some = await Client.BatchGetItemAsync(request);
        var none = await Client.BatchGetItemAsync(request);

        Assert.Equal(6, some.Responses[Table].Count);
        Assert.Equal(4, some.UnprocessedKeys[Table].Keys.Count);
        Assert.True(some.UnprocessedKeys[Table].ConsistentRead);
        Assert.Equal("id", some.UnprocessedKeys[Table].ProjectionExpression);
        Assert.Equal(10, none.UnprocessedKeys[Table].Keys.Count);
    }

    [Fact]
    public async Task Statements_fail_inside_a_200()
    {
        Aws.Faults.For("BatchExecuteStatement", new OperationFaults { Chance = Always(FaultKind.StatementsThrottled), Share = 0.5 });

        var answer = await Client.BatchExecuteStatementAsync(new BatchExecuteStatementRequest
        {
            Statements = Enumerable.Range(0, 4).Select(i => new BatchStatementRequest
            {
                Statement = $"INSERT INTO \"{Table}\" VALUE {{'id':?}}",
                Parameters = [new AttributeValue($"new{i}")],
            }).ToList(),
        });

        Assert.Equal(4, answer.Responses.Count);
        Assert.Equal(2, answer.Responses.Count(r => r.Error?.Code == Amazon.DynamoDBv2.BatchStatementErrorCodeEnum.ThrottlingError));
        Assert.Equal(2, await CountAsync());
    }

    private static Dictionary<FaultKind, double> Always(FaultKind fault) => new() { [fault] = 1 };
}
