using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Benchmarks.Clients;

namespace DynamoBatch.Benchmarks.Loading;

/// <summary>Tables of a local server whose items are to be updated: filled and checked through the plain SDK.</summary>
internal sealed class UpdatedTables : IDisposable
{
    private const string Before = "before";
    private const int BatchSize = 25;

    private readonly AmazonDynamoDBClient _client;
    private readonly string[] _tables;
    private readonly int _items;
    private readonly BenchmarkRows _rows = new();

    public UpdatedTables(Uri endpoint, string[] tables, int items)
    {
        _client = BulkClients.Connect(endpoint);
        _tables = tables;
        _items = items;
    }

    public async Task CreateAsync()
    {
        foreach (string table in _tables)
        {
            await LocalTable.CreateAsync(_client, table, BenchmarkRows.Names[0]);
        }
    }

    /// <summary>Puts every item as it is before the update: other values of what is set.</summary>
    public async Task FillAsync()
    {
        for (int table = 0; table < _tables.Length; table++)
        {
            foreach (int[] batch in RowsOf(table).Chunk(BatchSize))
            {
                List<WriteRequest> writes = [.. batch.Select(row => new WriteRequest(new PutRequest(ItemBefore(row))))];
                await _client.BatchWriteItemAsync(new BatchWriteItemRequest(new Dictionary<string, List<WriteRequest>> { [_tables[table]] = writes }));
            }
        }
    }

    /// <summary>Reads every item, and compares it with what it is to be after its update.</summary>
    /// <exception cref="InvalidOperationException">One is missing, or not as it should be.</exception>
    public async Task CheckAsync()
    {
        for (int table = 0; table < _tables.Length; table++)
        {
            Dictionary<string, Dictionary<string, AttributeValue>> expected = RowsOf(table)
                .Select(row => AttributeValues.Of(_rows[row])).ToDictionary(item => item[BenchmarkRows.Names[0]].S);
            long count = await LocalTable.ReadAsync(
                _client,
                _tables[table],
                item =>
                {
                    string key = item[BenchmarkRows.Names[0]].S;
                    if (!item.All(a => Text(a.Value) == Text(expected[key][a.Key])) || item.Count != BenchmarkRows.Names.Length)
                    {
                        throw new InvalidOperationException($"Item '{key}' of table '{_tables[table]}' is not as its update leaves it.");
                    }
                });
            if (count != expected.Count)
            {
                throw new InvalidOperationException($"Table '{_tables[table]}' holds {count} items, not {expected.Count}.");
            }
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Rows take turns, as all clients have it.</summary>
    private IEnumerable<int> RowsOf(int table) => Enumerable.Range(0, _items).Where(row => row % _tables.Length == table);

    private Dictionary<string, AttributeValue> ItemBefore(int row)
    {
        Dictionary<string, AttributeValue> item = AttributeValues.Of(_rows[row]);
        foreach (string name in BenchmarkRows.UpdatedColumns.Skip(1).Select(column => BenchmarkRows.Names[column]))
        {
            item[name] = new AttributeValue(Before);
        }

        return item;
    }

    private static string Text(AttributeValue value) =>
        value.S ?? value.N ?? value.BOOL?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
}
