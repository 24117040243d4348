using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class RefusalTests : LocalAwsTest
{
    [Theory]
    [InlineData("BatchWriteItem")]
    [InlineData("dynamodb:BatchWriteItem/Users")]
    [InlineData("*")]
    public async Task A_denied_action_is_AccessDenied(string denied)
    {
        Aws.Faults.Set(new FaultSettings { Denied = [denied] });

        var error = Assert.IsAssignableFrom<AmazonServiceException>(await TryWriteAsync(Batch()));

        Assert.Equal("AccessDeniedException", error.ErrorCode);
        Assert.Contains("dynamodb:BatchWriteItem", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Another_action_or_table_is_not_denied()
    {
        Aws.Faults.Set(new FaultSettings { Denied = ["Scan", "BatchWriteItem/Orders"] });

        Assert.Null(await TryWriteAsync(Batch()));
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => Client.ScanAsync(new ScanRequest(Table)));
    }

    [Fact]
    public async Task PartiQL_is_denied_by_verb()
    {
        Aws.Faults.Set(new FaultSettings { Denied = ["PartiQLUpdate"] });
        BatchExecuteStatementRequest Request(string statement) => new() { Statements = [new BatchStatementRequest { Statement = statement }] };

        await Client.BatchExecuteStatementAsync(Request($"INSERT INTO \"{Table}\" VALUE {{'id':'a'}}"));
        var error = await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => Client.BatchExecuteStatementAsync(Request($"UPDATE \"{Table}\" SET \"b\"='c' WHERE \"id\"='a'")));

        Assert.Equal("AccessDeniedException", error.ErrorCode);
    }

    [Fact]
    public async Task Expired_and_unknown_credentials_are_refused_until_others_come()
    {
        Aws.Faults.Set(new FaultSettings { ExpiredAccessKeys = ["OLD"], UnknownAccessKeys = ["WHO"] });
        using var old = CreateClient(Aws.Endpoint, accessKey: "OLD");
        using var unknown = CreateClient(Aws.Endpoint, accessKey: "WHO");

        Assert.Equal("ExpiredTokenException", (await Assert.ThrowsAnyAsync<AmazonServiceException>(() => old.BatchWriteItemAsync(Batch()))).ErrorCode);
        Assert.Equal("UnrecognizedClientException", (await Assert.ThrowsAnyAsync<AmazonServiceException>(() => unknown.BatchWriteItemAsync(Batch()))).ErrorCode);
        Assert.Null(await TryWriteAsync(Batch()));
    }

    [Theory]
    [InlineData(3600, "is now earlier than")]
    [InlineData(-3600, "is still later than")]
    public async Task A_clock_that_is_off_is_refused(int offset, string message)
    {
        Aws.Faults.Set(new FaultSettings { ServerTimeOffset = offset });

        var error = Assert.IsAssignableFrom<AmazonServiceException>(await TryWriteAsync(Batch()));

        Assert.Equal("InvalidSignatureException", error.ErrorCode);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Aws.Faults.Clear();
    }

    [Fact]
    public async Task A_clock_within_five_minutes_is_good_enough()
    {
        Aws.Faults.Set(new FaultSettings { ServerTimeOffset = -200 });
        using var client = CreateClient(Aws.Endpoint);

        Assert.Equal(0, (await client.BatchWriteItemAsync(Batch())).UnprocessedItems?.Count ?? 0);
    }

    [Theory]
    [InlineData(150, true)]
    [InlineData(151, false)]
    public async Task An_expression_holds_300_operators_with_AND_counted(int comparisons, bool accepted)
    {
        await Client.BatchWriteItemAsync(Batch(1));
        var request = new UpdateItemRequest
        {
            TableName = Table,
            Key = new Dictionary<string, AttributeValue> { ["id"] = new("user0") },
            UpdateExpression = "SET b = :v",
            ConditionExpression = string.Join(" AND ", Enumerable.Range(0, comparisons).Select(i => $"a{i}<>:v")),
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":v"] = new("1") },
        };

        var error = (AmazonDynamoDBException?)await Record.ExceptionAsync(() => Client.UpdateItemAsync(request));

        Assert.Equal(accepted ? null : "ValidationException", error?.ErrorCode);
        Assert.Equal(!accepted, error?.Message.Contains("operator count: 301", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task A_table_in_creation_is_shown_so_and_not_found_by_writes_until_it_is_done()
    {
        Aws.Faults.Set(new FaultSettings
        {
            TableStates = new Dictionary<string, TableStateSettings> { [Table] = new() { State = "CREATING", ForDescribes = 2 } },
        });

        Assert.IsType<ResourceNotFoundException>(await TryWriteAsync(Batch()));
        Assert.Equal(TableStatus.CREATING, (await Client.DescribeTableAsync(Table)).Table.TableStatus);
        Assert.Equal(TableStatus.CREATING, (await Client.DescribeTableAsync(Table)).Table.TableStatus);
        Assert.Equal(TableStatus.ACTIVE, (await Client.DescribeTableAsync(Table)).Table.TableStatus);
        Assert.Null(await TryWriteAsync(Batch()));
    }

    [Fact]
    public async Task A_table_in_update_is_written_to_but_not_changed()
    {
        Aws.Faults.Set(new FaultSettings { TableStates = new Dictionary<string, TableStateSettings> { [Table] = new() { State = "UPDATING" } } });

        Assert.Null(await TryWriteAsync(Batch()));
        Assert.Equal(TableStatus.UPDATING, (await Client.DescribeTableAsync(Table)).Table.TableStatus);
        await Assert.ThrowsAsync<ResourceInUseException>(() => Client.DeleteTableAsync(Table));
    }

    [Theory]
    [InlineData(FaultKind.AccessDenied, "AccessDeniedException")]
    [InlineData(FaultKind.ExpiredToken, "ExpiredTokenException")]
    [InlineData(FaultKind.UnrecognizedClient, "UnrecognizedClientException")]
    public async Task Refusals_can_be_scripted_for_single_requests(FaultKind fault, string code)
    {
        Aws.Faults.Next("BatchWriteItem", FaultKind.None, fault);

        Assert.Null(await TryWriteAsync(Batch()));
        Assert.Equal(code, Assert.IsAssignableFrom<AmazonServiceException>(await TryWriteAsync(Batch())).ErrorCode);
        Assert.Null(await TryWriteAsync(Batch()));
    }
}
