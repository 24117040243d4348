using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>One PutItem after the other.</summary>
internal sealed class PutItemClient : IBulkClient
{
    private readonly AmazonDynamoDBClient _client;
    private readonly string[] _tables;

    public PutItemClient(AmazonDynamoDBClient client, string[] tables)
    {
        _client = client;
        _tables = tables;
    }

    public async Task WriteAsync(BenchmarkRows rows, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await _client.PutItemAsync(new PutItemRequest { TableName = _tables[i % _tables.Length], Item = AttributeValues.Of(rows[i]) });
        }
    }

    public void Dispose() => _client.Dispose();
}
