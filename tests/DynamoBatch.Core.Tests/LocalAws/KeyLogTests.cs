using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class KeyLogTests : LocalAwsTest
{
    private const string Orders = "my.Orders-1";

    [Theory]
    [InlineData("UPDATE \"my.Orders-1\" SET \"a\"=?,\"b\"=? WHERE \"customer\"=? AND \"number\"=?", "1", "2", "S c", "N 7")]
    [InlineData("update \"my.Orders-1\" set a = ? , \"where\" = 'x=?' where \"number\" = ? and \"customer\" = ?", "1", "N 7", "S c")]
    [InlineData("INSERT INTO \"my.Orders-1\" VALUE {'customer':?,'number':?,'m':{'number':?}}", "S c", "N 7.0", "N 8")]
    [InlineData("INSERT INTO \"my.Orders-1\" VALUE { 'a' : ? , 'number' : 7 , 'customer' : 'c' }", "1")]
    [InlineData("DELETE FROM \"my.Orders-1\" WHERE \"customer\"=? AND \"number\"=?", "S c", "N 7")]
    public async Task The_key_of_a_statement_is_read_from_its_text_and_parameters(string text, params string[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        await CreateOrdersAsync();

        await Record.ExceptionAsync(() => Client.BatchExecuteStatementAsync(new BatchExecuteStatementRequest
        {
            Statements = [new() { Statement = text, Parameters = parameters.Select(Value).ToList() }],
        }));

        var record = Assert.Single(Aws.Log.Of("BatchExecuteStatement"));
        Assert.Equal("my.Orders-1 S:c N:7", Assert.Single(record.Keys));
        Assert.Equal(1, record.Items);
    }

    [Fact]
    public async Task A_statement_and_another_write_of_its_key_in_flight_are_a_violation()
    {
        Aws.Faults.Next("BatchExecuteStatement", FaultKind.Hang);
        using var givesUp = new CancellationTokenSource();
        var hung = Client.BatchExecuteStatementAsync(Update("a", "b"), givesUp.Token);
        await UntilAsync(() => Task.FromResult(Aws.Log.Records is [{ Keys.Count: 2 }]));

        await Client.UpdateItemAsync(Table, new() { ["id"] = new("b") }, []);
        await Client.BatchExecuteStatementAsync(Update("c"));

        Assert.Equal("Users S:b", Assert.Single(Aws.Log.KeyViolations).Key);
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => hung);
    }

    [Fact]
    public async Task Items_and_keys_of_every_request_are_counted()
    {
        await Client.BatchWriteItemAsync(Batch(3));
        await Client.BatchExecuteStatementAsync(Update("user0", "user1"));
        await Client.UpdateItemAsync(Table, Key("user0"), []);
        await Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { Put = new Put { TableName = Table, Item = Key("user0") } },
                new() { ConditionCheck = new ConditionCheck { TableName = Table, Key = Key("user1"), ConditionExpression = "attribute_exists(id)" } },
            ],
        });
        await Client.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes> { [Table] = new() { Keys = [Key("user0"), Key("user1")] } });
        await Client.GetItemAsync(Table, Key("user0"));
        await Client.ScanAsync(new ScanRequest(Table));

        Assert.Equal([3, 2, 1, 1, 2, 1, 0], Aws.Log.Records.Select(r => r.Items));
        Assert.Equal(4, Aws.Log.WritesPerKey()["Users S:user0"]);
        Assert.Equal(2, Aws.Log.WritesPerKey()["Users S:user1"]);
        Assert.Equal(2, Aws.Log.ReadsPerKey()["Users S:user0"]);
        using var http = new HttpClient { BaseAddress = Aws.Endpoint };
        Assert.Contains("\"Users S:user0\":4", await http.GetStringAsync(new Uri("__localaws/keys", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("\"items\":2", await http.GetStringAsync(new Uri("__localaws/stats", UriKind.Relative)), StringComparison.Ordinal);
    }

    private static Dictionary<string, AttributeValue> Key(string id) => new() { ["id"] = new(id) };

    private static BatchExecuteStatementRequest Update(params string[] ids) => new()
    {
        Statements = ids.Select(id => new BatchStatementRequest
        {
            Statement = $"UPDATE \"{Table}\" SET \"a\"=? WHERE \"id\"=?",
            Parameters = [new("1"), new(id)],
        }).ToList(),
    };

    private static AttributeValue Value(string text) =>
        text.StartsWith("N ", StringComparison.Ordinal) ? new() { N = text[2..] } : new(text.StartsWith("S ", StringComparison.Ordinal) ? text[2..] : text);

    private async Task CreateOrdersAsync() => await Backend.CreateTableAsync(new CreateTableRequest
    {
        TableName = Orders,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        KeySchema = [new KeySchemaElement("customer", KeyType.HASH), new KeySchemaElement("number", KeyType.RANGE)],
        AttributeDefinitions = [new AttributeDefinition("customer", ScalarAttributeType.S), new AttributeDefinition("number", ScalarAttributeType.N)],
    });
}
