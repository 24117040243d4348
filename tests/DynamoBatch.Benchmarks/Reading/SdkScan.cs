using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Benchmarks.Reading;

/// <summary>What one writes by hand: a loop over LastEvaluatedKey for each segment.</summary>
internal static class SdkScan
{
    public static async Task<long> RunAsync(AmazonDynamoDBClient client, string table, int segments) =>
        (await Task.WhenAll(Enumerable.Range(0, segments).Select(segment => Task.Run(() => ReadAsync(client, table, segment, segments))))).Sum();

    private static async Task<long> ReadAsync(AmazonDynamoDBClient client, string table, int segment, int segments)
    {
        long count = 0;
        var request = new ScanRequest { TableName = table };
        if (segments > 1)
        {
            request.Segment = segment;
            request.TotalSegments = segments;
        }

        do
        {
            ScanResponse page = await client.ScanAsync(request);
            foreach (Dictionary<string, AttributeValue> item in page.Items ?? [])
            {
                count += item.Count > 0 ? 1 : 0;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return count;
    }
}
