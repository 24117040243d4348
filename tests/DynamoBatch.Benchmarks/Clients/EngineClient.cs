using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>DynamoBatch's engine, driven as the commands drive it: one thread encodes, offers, and reads outcomes.</summary>
internal sealed class EngineClient : IBulkClient
{
    private readonly DdbConnection _connection;
    private readonly string[] _tables;

    public EngineClient(Uri endpoint, string[] tables)
    {
        _tables = tables;
        _connection = ConnectionCache.Get(
            new ConnectionSettings { EndpointUrl = endpoint.ToString(), Region = "us-east-1", AccessKey = "local", SecretKey = "local" });
    }

    public async Task WriteAsync(BenchmarkRows rows, int count)
    {
        TableSchema[] schemas = await Task.WhenAll(_tables.Select(t => _connection.GetSchemaAsync(t, null, CancellationToken.None)));
        await EngineRun.OnOwnThread(() => Write(schemas, rows, count));
    }

    public void Dispose()
    {
    }

    private void Write(TableSchema[] schemas, BenchmarkRows rows, int count)
    {
        WriteTable[] tables = schemas.Select((schema, ordinal) => new WriteTable(schema, ordinal)).ToArray();
        ItemEncoder[] encoders = schemas.Select(schema => new ItemEncoder(schema)).ToArray();
        AttributePlan[][] plans = encoders.Select(encoder => BenchmarkRows.Names.Select(encoder.Plan).ToArray()).ToArray();
        using var run = new EngineRun(_connection, outcome => throw new InvalidOperationException(outcome.Message));
        for (int i = 0; i < count; i++)
        {
            int table = i % tables.Length;
            EncodedItem item = Encode(encoders[table], plans[table], rows[i]);
            run.Write(new WriteOperation(tables[table], WriteVerb.Put, item, null));
        }

        run.Complete();
        if (tables.Sum(t => t.Counts.Succeeded) != count)
        {
            throw new InvalidOperationException("Not every item was written.");
        }
    }

    private static EncodedItem Encode(ItemEncoder encoder, AttributePlan[] plans, object[] row)
    {
        encoder.Begin();
        for (int i = 0; i < plans.Length; i++)
        {
            encoder.Add(plans[i], row[i]);
        }

        return encoder.Finish();
    }
}
