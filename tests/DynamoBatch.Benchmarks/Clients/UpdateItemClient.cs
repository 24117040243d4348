using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>One UpdateItem after the other.</summary>
internal sealed class UpdateItemClient : IBulkClient
{
    private readonly AmazonDynamoDBClient _client;
    private readonly string[] _tables;
    private readonly string[] _set = BenchmarkRows.UpdatedColumns.Skip(1).Select(column => BenchmarkRows.Names[column]).ToArray();
    private readonly string _expression;
    private readonly Dictionary<string, string> _names;

    public UpdateItemClient(AmazonDynamoDBClient client, string[] tables)
    {
        _client = client;
        _tables = tables;
        _expression = "SET " + string.Join(", ", _set.Select(name => $"#{name} = :{name}"));
        _names = _set.ToDictionary(name => "#" + name);
    }

    public async Task WriteAsync(BenchmarkRows rows, int count)
    {
        string key = BenchmarkRows.Names[0];
        for (int i = 0; i < count; i++)
        {
            Dictionary<string, AttributeValue> row = AttributeValues.Of(rows[i]);
            await _client.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = _tables[i % _tables.Length],
                    Key = new Dictionary<string, AttributeValue> { [key] = row[key] },
                    UpdateExpression = _expression,
                    ExpressionAttributeNames = _names,
                    ExpressionAttributeValues = _set.ToDictionary(name => ":" + name, name => row[name]),
                });
        }
    }

    public void Dispose() => _client.Dispose();
}
