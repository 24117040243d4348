using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Benchmarks.Clients;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Benchmarks.Loading;

/// <summary>Puts rows through the engine.</summary>
internal static class CsvLoad
{
    public static async Task<WriteCounts> RunAsync(Uri endpoint, string tableName, CsvRows csv, Action<string[]> read)
    {
        DdbConnection connection = ConnectionCache.Get(
            new ConnectionSettings { EndpointUrl = endpoint.ToString(), Region = "us-east-1", AccessKey = "local", SecretKey = "local" });
        TableSchema schema = await connection.GetSchemaAsync(tableName, null, CancellationToken.None);
        var table = new WriteTable(schema, 0);
        await EngineRun.OnOwnThread(() => Write(connection, table, csv, read));
        return table.Counts;
    }

    private static void Write(DdbConnection connection, WriteTable table, CsvRows csv, Action<string[]> read)
    {
        var encoder = new ItemEncoder(table.Schema);
        AttributePlan[] plans = csv.Names.Select(encoder.Plan).ToArray();
        using var run = new EngineRun(connection, outcome => Console.Error.WriteLine(outcome.Message));
        foreach (string[] row in csv.Read())
        {
            read(row);
            encoder.Begin();
            for (int i = 0; i < plans.Length; i++)
            {
                encoder.Add(plans[i], row[i]);
            }

            run.Write(new WriteOperation(table, WriteVerb.Put, encoder.Finish(), null));
        }

        run.Complete();
    }
}
