using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class TransactionTests : LocalAwsTest
{
    private const string Transact = "TransactWriteItems";
    private readonly ManualTime _time = new();

    protected override LocalAwsOptions Options => new() { Time = _time };

    [Fact]
    public async Task A_token_makes_a_transaction_happen_once_for_ten_minutes()
    {
        await Client.TransactWriteItemsAsync(Add(5, "token"));
        _time.Advance(TimeSpan.FromMinutes(9.9));
        await Client.TransactWriteItemsAsync(Add(5, "token"));
        Assert.Equal(5, await VisitsAsync());
        await Assert.ThrowsAsync<IdempotentParameterMismatchException>(() => Client.TransactWriteItemsAsync(Add(6, "token")));

        _time.Advance(TimeSpan.FromMinutes(0.1));
        await Client.TransactWriteItemsAsync(Add(6, "token"));
        Assert.Equal(11, await VisitsAsync());
        await Client.TransactWriteItemsAsync(Add(6, "token"));
        Assert.Equal(11, await VisitsAsync());
    }

    [Fact]
    public async Task Without_a_token_or_with_another_it_happens_again()
    {
        // The SDK makes a token for each request that has none.
        await Client.TransactWriteItemsAsync(Add(5, null));
        await Client.TransactWriteItemsAsync(Add(5, null));
        await Client.TransactWriteItemsAsync(Add(5, "other"));

        Assert.Equal(15, await VisitsAsync());
    }

    [Theory]
    [InlineData(FaultKind.CutAfter)]
    [InlineData(FaultKind.Error500After)]
    [InlineData(FaultKind.TruncatedAnswer)]
    [InlineData(FaultKind.LateCut)]
    [InlineData(FaultKind.Error500Before)]
    [InlineData(FaultKind.CutBefore)]
    public async Task Repeated_under_its_token_after_any_lost_answer_it_happened_once(FaultKind fault)
    {
        Aws.Faults.For(Transact, new OperationFaults { Next = [fault], LateMin = 0, LateMax = 1 });

        await Assert.ThrowsAnyAsync<Exception>(() => Client.TransactWriteItemsAsync(Add(5, "token")));
        await Client.TransactWriteItemsAsync(Add(5, "token"));
        await Aws.SettleAsync();

        Assert.Equal(5, await VisitsAsync());
    }

    [Theory]
    [InlineData(FaultKind.TransactionConflict, null, "TransactionConflict")]
    [InlineData(FaultKind.TransactionThrottled, null, "ThrottlingError")]
    [InlineData(FaultKind.TransactionThrottled, "TableWriteProvisionedThroughputExceeded", "ProvisionedThroughputExceeded")]
    public async Task It_is_cancelled_whole_with_a_reason_for_each_action(FaultKind fault, string? throttlingReason, string code)
    {
        Aws.Faults.For(Transact, new OperationFaults { Next = [fault], Share = 0.5, ThrottlingReason = throttlingReason });
        var request = Add(5, "token");
        request.TransactItems.Add(new TransactWriteItem { Put = new Put { TableName = Table, Item = Key("b") } });

        var error = await Assert.ThrowsAsync<TransactionCanceledException>(() => Client.TransactWriteItemsAsync(request));

        Assert.Equal(["None", code], error.CancellationReasons.Select(r => r.Code).OrderBy(c => c == code));
        Assert.Equal(0, await CountAsync());
        await Client.TransactWriteItemsAsync(request);
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_failed_condition_comes_with_the_item_where_that_is_asked_for()
    {
        await Client.PutItemAsync(Table, Key("a"));
        var request = Add(5, "token");
        request.TransactItems[0].Update.ConditionExpression = "attribute_not_exists(id)";
        request.TransactItems[0].Update.ReturnValuesOnConditionCheckFailure = "ALL_OLD";

        var error = await Assert.ThrowsAsync<TransactionCanceledException>(() => Client.TransactWriteItemsAsync(request));

        var reason = Assert.Single(error.CancellationReasons);
        Assert.Equal("ConditionalCheckFailed", reason.Code);
        Assert.Equal("a", reason.Item["id"].S);
    }

    [Fact]
    public async Task A_single_write_that_meets_a_transaction_has_an_exception_of_its_own()
    {
        Aws.Faults.Next("UpdateItem", FaultKind.TransactionConflict);
        Aws.Faults.Next(Transact, FaultKind.TransactionInProgress);

        await Assert.ThrowsAsync<TransactionConflictException>(() => Client.UpdateItemAsync(Table, Key("a"), []));
        await Assert.ThrowsAsync<TransactionInProgressException>(() => Client.TransactWriteItemsAsync(Add(5, "token")));

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Over_the_write_capacity_transactions_are_cancelled_and_statements_fail_one_by_one()
    {
        Aws.Faults.Set(new FaultSettings { Throttle = new ThrottleSettings { TableWriteUnits = 2 } });

        var answer = await Client.BatchExecuteStatementAsync(new BatchExecuteStatementRequest
        {
            Statements = Enumerable.Range(0, 3).Select(i => new BatchStatementRequest
            {
                Statement = $"INSERT INTO \"{Table}\" VALUE {{'id':?}}",
                Parameters = [new AttributeValue($"new{i}")],
            }).ToList(),
        });
        var cancelled = await Assert.ThrowsAsync<TransactionCanceledException>(() => Client.TransactWriteItemsAsync(Add(5, "token")));
        var throttled = await Assert.ThrowsAsync<ProvisionedThroughputExceededException>(() => Client.UpdateItemAsync(Table, Key("a"), []));

        Assert.Equal([null, null, "ProvisionedThroughputExceeded"], answer.Responses.Select(r => r.Error?.Code.Value));
        Assert.Equal("ProvisionedThroughputExceeded", Assert.Single(cancelled.CancellationReasons).Code);
        Assert.Equal("TableWriteProvisionedThroughputExceeded", Assert.Single(throttled.ThrottlingReasons).Reason);
        Assert.Equal(2, await CountAsync());
    }

    private static Dictionary<string, AttributeValue> Key(string id) => new() { ["id"] = new(id) };

    private static TransactWriteItemsRequest Add(int visits, string? token) => new()
    {
        ClientRequestToken = token,
        TransactItems =
        [
            new TransactWriteItem
            {
                Update = new Update
                {
                    TableName = Table,
                    Key = Key("a"),
                    UpdateExpression = "ADD visits :v",
                    ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":v"] = new() { N = visits.ToString(System.Globalization.CultureInfo.InvariantCulture) } },
                },
            },
        ],
    };

    private async Task<int> VisitsAsync() => int.Parse(
        (await Backend.GetItemAsync(new GetItemRequest { TableName = Table, Key = Key("a"), ConsistentRead = true })).Item["visits"].N,
        System.Globalization.CultureInfo.InvariantCulture);
}
