using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

/// <summary>Each table's own scan order: complete, without repetition, and another one for each table.</summary>
public sealed class ScanOrderTests : LocalAwsTest
{
    private const int Count = 3000;

    protected override LocalAwsOptions Options => new() { Faults = new FaultSettings { ScanOrder = ScanOrder.Own }, Backups = AtOnce };

    [Theory]
    [InlineData("S", 1, null)]
    [InlineData("S", 1, 7)]
    [InlineData("S", 3, 100)]
    [InlineData("S", 64, 11)]
    [InlineData("S", 700, null)]
    [InlineData("N", 1, 100)]
    [InlineData("N", 7, 9)]
    [InlineData("N", 32, null)]
    [InlineData("B", 5, 13)]
    public async Task Every_item_comes_once(string type, int segments, int? limit)
    {
        await FillAsync("Many", type);

        var seen = new List<string>();
        for (var segment = 0; segment < segments; segment++)
        {
            seen.AddRange(await ScanAsync("Many", segment, segments, limit));
        }

        Assert.Equal(Count, seen.Count);
        Assert.Equal(Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_filter_hides_items_and_not_the_rest_of_the_scan()
    {
        await FillAsync("Many", "S", padding: 4000);

        var pages = 0;
        var seen = 0;
        var request = new ScanRequest("Many")
        {
            FilterExpression = "n < :n",
            ProjectionExpression = "n",
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":n"] = new() { N = "30" } },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };
        do
        {
            var page = await Client.ScanAsync(request);
            // 1 MB of items of 4 KB, and what is left of the last block.
            Assert.InRange(page.ScannedCount!.Value, 1, 520);
            Assert.InRange(page.ConsumedCapacity.CapacityUnits!.Value, 0.5, 260);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
            seen += page.Items.Count;
            pages++;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        Assert.Equal(30, seen);
        Assert.InRange(pages, 8, 40);
    }

    [Fact]
    public async Task Two_tables_of_the_same_keys_come_in_different_orders_each_always_in_its_own()
    {
        await FillAsync("First", "S");
        await FillAsync("Second", "S");

        var first = await ScanAsync("First", 0, 1, 100);
        var second = await ScanAsync("Second", 0, 1, 100);

        Assert.Equal(first, await ScanAsync("First", 0, 1, null));
        Assert.Equal(first.Order(), second.Order());
        var place = second.Select((key, at) => (key, at)).ToDictionary(p => p.key, p => p.at);
        var apart = first.Select((key, at) => Math.Abs(place[key] - at)).Average();
        // Of random orders a third of the length.
        Assert.InRange(apart, Count / 6.0, Count / 2.0);
        Assert.NotEqual((await ScanAsync("First", 2, 8, null)).Order(), (await ScanAsync("Second", 2, 8, null)).Order());

        Aws.Faults.Clear();
        Assert.Equal(await ScanAsync("First", 0, 8, null), await ScanAsync("Second", 0, 8, null));
    }

    [Fact]
    public async Task A_table_made_anew_has_another_order()
    {
        await FillAsync("Many", "S");
        var before = await ScanAsync("Many", 0, 1, null);
        await Client.DeleteTableAsync("Many");
        await FillAsync("Many", "S");

        Assert.NotEqual(before, await ScanAsync("Many", 0, 1, null));
    }

    [Fact]
    public async Task A_start_key_of_another_segment_is_refused()
    {
        await FillAsync("Many", "S");
        var last = (await Client.ScanAsync(new ScanRequest("Many") { Segment = 0, TotalSegments = 4, Limit = 5 })).LastEvaluatedKey;

        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.ScanAsync(
            new ScanRequest("Many") { Segment = 1, TotalSegments = 4, ExclusiveStartKey = last }));

        Assert.Equal("ValidationException", error.ErrorCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_scan_goes_on_behind_items_that_are_deleted_while_it_reads(int segments)
    {
        await Client.BatchWriteItemAsync(Batch(25));
        var seen = new List<string>();
        for (var segment = 0; segment < segments; segment++)
        {
            var request = new ScanRequest(Table) { Limit = 3, Segment = segment, TotalSegments = segments };
            do
            {
                var page = await Client.ScanAsync(request);
                foreach (var item in page.Items ?? [])
                {
                    seen.Add(item["id"].S);
                    await Client.DeleteItemAsync(Table, new Dictionary<string, AttributeValue> { ["id"] = item["id"] });
                }

                request.ExclusiveStartKey = page.LastEvaluatedKey;
            }
            while (request.ExclusiveStartKey is { Count: > 0 });
        }

        Assert.Equal(25, seen.Count);
        Assert.Equal(25, seen.Distinct().Count());
    }

    private async Task FillAsync(string table, string type, int padding = 0)
    {
        await Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("id", KeyType.HASH), new KeySchemaElement("part", KeyType.RANGE)],
            AttributeDefinitions = [new AttributeDefinition("id", type), new AttributeDefinition("part", ScalarAttributeType.N)],
        });
        await Task.WhenAll(Enumerable.Range(0, Count).Chunk(25).Select(chunk => Client.BatchWriteItemAsync(new BatchWriteItemRequest
        {
            RequestItems = new Dictionary<string, List<WriteRequest>>
            {
                [table] = chunk.Select(i => new WriteRequest(new PutRequest(new Dictionary<string, AttributeValue>
                {
                    ["id"] = Key(type, i / 2), ["part"] = new() { N = Text(i % 2) }, ["n"] = new() { N = Text(i) }, ["padding"] = new(new string('x', padding)),
                }))).ToList(),
            },
        })));
    }

    private static AttributeValue Key(string type, int i) => type switch
    {
        "S" => new("käse" + Text(i)),
        "B" => new() { B = new MemoryStream(BitConverter.GetBytes(i * 7919)) },
        // Zero, negative, large, small, odd and even exponents.
        _ => new() { N = (i % 5) switch { 0 => Text(i), 1 => Text(-i), 2 => Text(i) + ".25", 3 => "-0.00" + Text(i), _ => Text(i) + "E" + Text(i % 60) } },
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<List<string>> ScanAsync(string table, int segment, int segments, int? limit)
    {
        var request = new ScanRequest(table) { Limit = limit };
        if (segments > 1)
        {
            (request.Segment, request.TotalSegments) = (segment, segments);
        }

        var seen = new List<string>();
        do
        {
            var page = await Client.ScanAsync(request);
            Assert.True(limit is null || page.ScannedCount <= limit);
            seen.AddRange((page.Items ?? []).Select(i => i["n"].N));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return seen;
    }
}
