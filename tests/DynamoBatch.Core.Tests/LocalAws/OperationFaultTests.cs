using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Backups;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

/// <summary>What goes wrong with a batch of puts goes wrong with every other operation as well.</summary>
public sealed class OperationFaultTests : LocalAwsTest
{
    private readonly SteppedTime _time = new();

    protected override LocalAwsOptions Options => new() { LogKeys = true, Time = _time };

    public static TheoryData<string> Writes => ["UpdateItem", "PutItem", "DeleteItem", "TransactWriteItems", "BatchExecuteStatement"];

    public static TheoryData<string> Reads => ["Scan", "Query", "BatchGetItem", "GetItem"];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_fails_before_its_effect_or_after_it(string operation)
    {
        foreach (var (fault, effect) in new[]
        {
            (FaultKind.Throttled, false), (FaultKind.Error500Before, false), (FaultKind.Error503Before, false), (FaultKind.CutBefore, false),
            (FaultKind.Error500After, true), (FaultKind.Error503After, true), (FaultKind.CutAfter, true), (FaultKind.TruncatedAnswer, true),
            (FaultKind.GarbledAnswer, true),
        })
        {
            await PrepareAsync();
            Aws.Faults.Next(operation, fault);

            Assert.NotNull(await Record.ExceptionAsync(() => RunAsync(operation)));

            Assert.True(effect == await TookEffectAsync(), $"{operation} {fault}");
            Assert.Null(await Record.ExceptionAsync(() => RunAsync(operation)));
            Assert.True(await TookEffectAsync(), $"{operation} after {fault}");
        }
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_lands_late(string operation)
    {
        await PrepareAsync();
        Aws.Faults.For(operation, new OperationFaults { Next = [FaultKind.LateCut], LateMin = 400, LateMax = 500 });

        Assert.NotNull(await Record.ExceptionAsync(() => RunAsync(operation)));
        Assert.False(await TookEffectAsync());
        await _time.AdvanceUntilAsync(Aws.SettleAsync(), TimeSpan.FromSeconds(1));

        Assert.True(await TookEffectAsync());
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_read_fails_and_its_repetition_succeeds(string operation)
    {
        await PrepareAsync();
        var faults = new[]
        {
            FaultKind.Throttled, FaultKind.Error500Before, FaultKind.Error503After, FaultKind.CutBefore, FaultKind.CutAfter, FaultKind.TruncatedAnswer,
            FaultKind.GarbledAnswer, FaultKind.AccessDenied,
        };
        Aws.Faults.Next(operation, faults);

        foreach (var fault in faults)
        {
            var error = await Record.ExceptionAsync(() => RunAsync(operation));
            Assert.True(error is not null, $"{operation} {fault}");
            Assert.Equal(fault switch
            {
                FaultKind.Error500Before => HttpStatusCode.InternalServerError,
                FaultKind.Error503After => HttpStatusCode.ServiceUnavailable,
                _ => (error as AmazonServiceException)?.StatusCode,
            }, (error as AmazonServiceException)?.StatusCode);
        }

        Assert.Null(await Record.ExceptionAsync(() => RunAsync(operation)));
    }

    [Theory]
    [InlineData("UpdateItem", "TableWriteProvisionedThroughputExceeded")]
    [InlineData("TransactWriteItems", "TableWriteProvisionedThroughputExceeded")]
    [InlineData("BatchExecuteStatement", "TableWriteProvisionedThroughputExceeded")]
    [InlineData("Scan", "TableReadProvisionedThroughputExceeded")]
    [InlineData("Query", "TableReadProvisionedThroughputExceeded")]
    [InlineData("BatchGetItem", "TableReadProvisionedThroughputExceeded")]
    public async Task A_throttle_says_of_which_table_and_why(string operation, string expected)
    {
        Aws.Faults.Next(operation, FaultKind.Throttled);

        var error = await Record.ExceptionAsync(() => RunAsync(operation));

        // BatchExecuteStatement knows but one of the two exceptions.
        var reason = Assert.Single(operation == "BatchExecuteStatement"
            ? Assert.IsType<ThrottlingException>(error).ThrottlingReasons
            : Assert.IsType<ProvisionedThroughputExceededException>(error).ThrottlingReasons);
        Assert.Equal(expected, reason.Reason);
        Assert.EndsWith("table/" + Table, reason.Resource, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_has_an_id_until_it_is_made_anew()
    {
        var first = (await Client.DescribeTableAsync(Table)).Table;
        Assert.Equal(first.TableId, (await Client.DescribeTableAsync(Table)).Table.TableId);

        Aws.Backups.Set(new BackupSettings { DeleteTime = 0 });
        await Client.DeleteTableAsync(Table);
        await Client.CreateTableAsync(new CreateTableRequest(Table, first.KeySchema, first.AttributeDefinitions, null) { BillingMode = "PAY_PER_REQUEST" });

        Assert.NotEqual(first.TableId, (await Client.DescribeTableAsync(Table)).Table.TableId);
    }

    [Theory]
    [InlineData("UpdateItem")]
    [InlineData("PutItem")]
    [InlineData("DeleteItem")]
    public async Task A_failed_condition_comes_with_the_item_where_that_is_asked_for(string operation)
    {
        await PrepareAsync();

        var error = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => RunAsync(operation, condition: "attribute_not_exists(id)"));

        Assert.Equal("old", error.Item["a"].S);
    }

    // One item that each operation changes visibly.
    private async Task PrepareAsync() => await Backend.PutItemAsync(Table, Item("old"));

    private async Task<bool> TookEffectAsync() =>
        (await Backend.GetItemAsync(new GetItemRequest { TableName = Table, Key = Key, ConsistentRead = true })).Item?.GetValueOrDefault("a")?.S != "old";

    private static Dictionary<string, AttributeValue> Key => new() { ["id"] = new("x") };

    private static Dictionary<string, AttributeValue> Item(string value) => new() { ["id"] = new("x"), ["a"] = new(value) };

    private Task RunAsync(string operation, string? condition = null)
    {
        var old = condition is null ? null : "ALL_OLD";
        Dictionary<string, AttributeValue> New() => new() { [":a"] = new("new") };
        return operation switch
        {
            "UpdateItem" => Client.UpdateItemAsync(new UpdateItemRequest
            {
                TableName = Table, Key = Key, UpdateExpression = "SET a=:a", ExpressionAttributeValues = New(),
                ConditionExpression = condition, ReturnValuesOnConditionCheckFailure = old,
            }),
            "PutItem" => Client.PutItemAsync(new PutItemRequest
            {
                TableName = Table, Item = Item("new"), ConditionExpression = condition, ReturnValuesOnConditionCheckFailure = old,
            }),
            "DeleteItem" => Client.DeleteItemAsync(new DeleteItemRequest
            {
                TableName = Table, Key = Key, ConditionExpression = condition, ReturnValuesOnConditionCheckFailure = old,
            }),
            "TransactWriteItems" => Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
            {
                TransactItems = [new() { Update = new Update { TableName = Table, Key = Key, UpdateExpression = "SET a=:a", ExpressionAttributeValues = New() } }],
            }),
            "BatchExecuteStatement" => Client.BatchExecuteStatementAsync(new BatchExecuteStatementRequest
            {
                Statements = [new() { Statement = $"UPDATE \"{Table}\" SET \"a\"=? WHERE \"id\"=?", Parameters = [new("new"), new("x")] }],
            }),
            "Scan" => Client.ScanAsync(new ScanRequest(Table) { Segment = 0, TotalSegments = 1 }),
            "Query" => Client.QueryAsync(new QueryRequest(Table)
            {
                KeyConditionExpression = "id=:a", ExpressionAttributeValues = New(),
            }),
            "BatchGetItem" => Client.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes> { [Table] = new() { Keys = [Key] } }),
            "GetItem" => Client.GetItemAsync(Table, Key),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
        };
    }
}
