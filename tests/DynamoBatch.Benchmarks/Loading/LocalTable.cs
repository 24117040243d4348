using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Benchmarks.Loading;

/// <summary>Makes and reads a table through the plain SDK, so that nothing of the engine vouches for itself.</summary>
internal static class LocalTable
{
    public static async Task CreateAsync(AmazonDynamoDBClient client, string table, string key)
    {
        await client.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = table,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                KeySchema = [new KeySchemaElement(key, KeyType.HASH)],
                AttributeDefinitions = [new AttributeDefinition(key, ScalarAttributeType.S)],
            });
    }

    /// <summary>Tells every item; answers how many there were.</summary>
    public static async Task<long> ReadAsync(AmazonDynamoDBClient client, string table, Action<Dictionary<string, AttributeValue>> tell)
    {
        long count = 0;
        var request = new ScanRequest { TableName = table, ConsistentRead = true };
        do
        {
            ScanResponse page = await client.ScanAsync(request);
            foreach (Dictionary<string, AttributeValue> item in page.Items ?? [])
            {
                count++;
                tell(item);
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return count;
    }
}
