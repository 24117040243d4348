using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>DynamoBatch's engine, driven as the commands drive it: one thread encodes, offers, and reads outcomes.</summary>
internal sealed class EngineClient : IBulkClient
{
    private readonly DdbConnection _connection;
    private readonly string[] _tables;
    private readonly EngineWork _work;

    public EngineClient(Uri endpoint, string[] tables, EngineWork work)
    {
        _tables = tables;
        _work = work;
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
        using EngineCheckpoint? checkpoint = _work.Checkpoint ? new EngineCheckpoint() : null;
        EngineTable[] tables = schemas.Select((schema, ordinal) => new EngineTable(new WriteTable(schema, ordinal), _work, checkpoint)).ToArray();
        using var run = new EngineRun(_connection, outcome => throw new InvalidOperationException(outcome.Message), checkpoint?.Journal);
        for (int i = 0; i < count; i++)
        {
            run.Write(tables[i % tables.Length].Take(rows[i]));
        }

        run.Complete();
        if (tables.Sum(t => t.Counts.Succeeded) != count)
        {
            throw new InvalidOperationException("Not every item was written.");
        }
    }
}
