using System;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Benchmarks.Clients;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Benchmarks.Reading;

/// <summary>DynamoBatch's engine, driven as the command drives it: one thread takes pages and reads every item into values.</summary>
internal static class EngineScan
{
    public static async Task<long> RunAsync(Uri endpoint, string tableName, int? segments)
    {
        DdbConnection connection = Connect(endpoint);
        TableSchema schema = await connection.GetSchemaAsync(tableName, null, CancellationToken.None);
        long count = 0;
        await EngineRun.OnOwnThread(() => count = Read(options => connection.CreateReader(new PageSource(schema) { TotalSegments = segments }, options)));
        return count;
    }

    public static async Task FillAsync(Uri endpoint, string tableName, int items, Action<ItemEncoder, int> add)
    {
        DdbConnection connection = Connect(endpoint);
        var table = new WriteTable(await connection.GetSchemaAsync(tableName, null, CancellationToken.None), 0);
        await EngineRun.OnOwnThread(() =>
        {
            var encoder = new ItemEncoder(table.Schema);
            using var run = new EngineRun(connection, outcome => throw new InvalidOperationException(outcome.Message));
            for (int i = 0; i < items; i++)
            {
                encoder.Begin();
                add(encoder, i);
                run.Write(new WriteOperation(table, WriteVerb.Put, encoder.Finish(), null));
            }

            run.Complete();
        });
    }

    private static DdbConnection Connect(Uri endpoint) => ConnectionCache.Get(
        new ConnectionSettings { EndpointUrl = endpoint.ToString(), Region = "us-east-1", AccessKey = "local", SecretKey = "local" });

    /// <summary>Reads whatever a reader gives.</summary>
    public static long Read(Func<ReaderOptions, TableReader> create)
    {
        using var signal = new AutoResetEvent(false);
        using TableReader reader = create(new ReaderOptions { Signal = () => Set(signal) });
        long count = 0;
        while (!reader.IsCompleted)
        {
            if (!reader.TryTake(out ReadPage? page))
            {
                signal.WaitOne(TimeSpan.FromMilliseconds(100));
                continue;
            }

            foreach (ReadOnlyMemory<byte> item in page!.Items)
            {
                count += ItemReader.Read(item.Span).Count > 0 ? 1 : 0;
            }

            reader.GoOn();
        }

        return reader.Failure is { } failure ? throw failure : count;
    }

    private static void Set(AutoResetEvent signal)
    {
        try
        {
            signal.Set();
        }
        catch (ObjectDisposedException)
        {
            // A request that ends after the run has.
        }
    }
}
