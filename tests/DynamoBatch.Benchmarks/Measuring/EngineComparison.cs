using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using DynamoBatch.Benchmarks.Clients;
using DynamoBatch.Benchmarks.Sink;

namespace DynamoBatch.Benchmarks.Measuring;

/// <summary>
/// The engine beside hand-written peers. Rounds are interleaved and each ratio is taken within its round, so that what else the
/// machine does weighs on all alike.
/// </summary>
internal static class EngineComparison
{
    /// <param name="options">What was asked for on the command line.</param>
    /// <param name="reference">The client that the others are compared with.</param>
    /// <param name="others">Those, unless the command line names clients.</param>
    public static async Task RunAsync(Options options, string reference, params string[] others)
    {
        int rounds = options.Number("rounds", 5);
        int items = options.Number("items", 200_000);
        string[] clients = options.Text("clients")?.Split(',') ?? [reference, .. others];
        var results = new Dictionary<string, List<Measurement>>();
        foreach (string client in clients)
        {
            results.Add(client, []);
        }

        using SinkProcess sink = SinkProcess.Start();
        for (int round = 0; round < rounds; round++)
        {
            foreach (string client in clients)
            {
                // One at a time is so slow that fewer say as much.
                int share = client is BulkClients.PutItem or BulkClients.UpdateItem ? Math.Max(1, items / 20) : items;
                Measurement measured = await ClientCommand.MeasureAsync(client, sink, share, warmUp: share / 2);
                results[client].Add(measured);
                Console.WriteLine($"  round {round + 1}  {client,-18} {measured.ItemsPerSecond,9:N0} items/s  {measured.CpuPer100000,6:N2} CPU s per 100,000");
            }
        }

        ComparisonTable.Print(results, reference);
    }
}
