using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class StaleReadTests : LocalAwsTest
{
    private readonly ManualTime _time = new();

    protected override LocalAwsOptions Options => new() { Time = _time };

    [Fact]
    public async Task A_read_that_is_not_consistent_shows_the_image_before_the_last_write()
    {
        await Client.BatchWriteItemAsync(Batch(2, value: "old"));
        Aws.Faults.Set(new FaultSettings { StaleReads = new StaleReadSettings { WindowMs = 500 } });
        await Client.BatchWriteItemAsync(Batch(3, value: "new"));
        await Client.DeleteItemAsync(Table, Key("user1"));

        Assert.Equal(["old"], await ReadAsync("user0", consistent: false));
        Assert.Equal(["new"], await ReadAsync("user0", consistent: true));
        Assert.Equal(["new"], await ReadAsync("user1", consistent: false));
        Assert.Empty(await ReadAsync("user2", consistent: false));
        Assert.Equal("old", Assert.Single((await Client.ScanAsync(new ScanRequest(Table))).Items)["value"].S);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["new"], await ReadAsync("user0", consistent: false));
        Assert.Empty(await ReadAsync("user1", consistent: false));
    }

    [Fact]
    public async Task A_batch_get_is_stale_by_item()
    {
        await Client.BatchWriteItemAsync(Batch(1, value: "old"));
        Aws.Faults.Set(new FaultSettings { StaleReads = new StaleReadSettings() });
        await Client.DeleteItemAsync(Table, Key("user0"));

        var answer = await Client.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes> { [Table] = new() { Keys = [Key("user0")] } });

        Assert.Equal("old", Assert.Single(answer.Responses[Table])["value"].S);
    }

    private static Dictionary<string, AttributeValue> Key(string id) => new() { ["id"] = new(id) };

    private async Task<IEnumerable<string>> ReadAsync(string id, bool consistent)
    {
        var answer = await Client.GetItemAsync(new GetItemRequest { TableName = Table, Key = Key(id), ConsistentRead = consistent });
        return answer.Item is { Count: > 0 } item ? [item["value"].S] : Enumerable.Empty<string>();
    }
}
