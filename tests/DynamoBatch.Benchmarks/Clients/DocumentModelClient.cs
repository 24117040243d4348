using System;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.DocumentModel;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>The SDK's own convenience: <see cref="Table.CreateBatchWrite"/>, a thousand documents at a time.</summary>
internal sealed class DocumentModelClient : IBulkClient
{
    private const int Documents = 1_000;

    private readonly AmazonDynamoDBClient _client;
    private readonly Table _table;

    public DocumentModelClient(AmazonDynamoDBClient client, string table)
    {
        _client = client;
        _table = new TableBuilder(client, table).AddHashKey(BenchmarkRows.Names[0], DynamoDBEntryType.String).Build();
    }

    public async Task WriteAsync(BenchmarkRows rows, int count)
    {
        for (int start = 0; start < count; start += Documents)
        {
            IDocumentBatchWrite batch = _table.CreateBatchWrite();
            for (int i = start; i < Math.Min(start + Documents, count); i++)
            {
                batch.AddDocumentToPut(ToDocument(rows[i]));
            }

            await batch.ExecuteAsync();
        }
    }

    public void Dispose() => _client.Dispose();

    private static Document ToDocument(object[] row)
    {
        string[] names = BenchmarkRows.Names;
        var document = new Document();
        for (int i = 0; i < names.Length; i++)
        {
            document[names[i]] = row[i] switch
            {
                string text => text,
                bool flag => new DynamoDBBool(flag),
                int number => number,
                _ => DynamoDBNull.Null,
            };
        }

        return document;
    }
}
