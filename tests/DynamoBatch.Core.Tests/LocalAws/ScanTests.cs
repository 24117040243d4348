using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class ScanTests : LocalAwsTest
{
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

        Assert.Equal(25, seen.Distinct().Count());
        Assert.Equal(25, seen.Count);
        Assert.Equal(0, await CountAsync());
    }
}
