using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DynamoBatch.Benchmarks.Clients;
using DynamoBatch.Benchmarks.Loading;
using DynamoBatch.Benchmarks.Measuring;
using DynamoBatch.Core.Items;
using DynamoBatch.LocalAws;

namespace DynamoBatch.Benchmarks.Reading;

/// <summary>
/// A table of a local server scanned by the engine beside hand-written loops. Rounds are interleaved and each ratio is taken
/// within its round. The server's own time is in all of them, and is most of it.
/// </summary>
internal static class ReadComparison
{
    private const string Table = "Scanned";
    private const string Reference = "sdk-1-segment";

    public static async Task RunAsync(Options options)
    {
        int rounds = options.Number("rounds", 5);
        int items = options.Number("items", 100_000);
        await using LocalAwsServer aws = await LocalAwsServer.StartAsync();
        using var client = new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = aws.BackendEndpoint.ToString(), AuthenticationRegion = "us-east-1" });
        await FillAsync(aws.BackendEndpoint, client, items);
        var clients = new Dictionary<string, Func<Task<long>>>
        {
            [Reference] = () => SdkScan.RunAsync(client, Table, 1),
            ["sdk-4-segments"] = () => SdkScan.RunAsync(client, Table, 4),
            ["engine-1-segment"] = () => EngineScan.RunAsync(aws.BackendEndpoint, Table, 1),
            ["engine-4-segments"] = () => EngineScan.RunAsync(aws.BackendEndpoint, Table, 4),
            ["engine"] = () => EngineScan.RunAsync(aws.BackendEndpoint, Table, null),
        };

        Dictionary<string, List<Measurement>> results = clients.Keys.ToDictionary(name => name, _ => new List<Measurement>());
        for (int round = 0; round <= rounds; round++)
        {
            foreach ((string name, Func<Task<long>> scan) in clients)
            {
                Measurement measured = await MeasureAsync(scan, items);
                if (round > 0)
                {
                    // The first round warms up.
                    results[name].Add(measured);
                    Console.WriteLine($"  round {round}  {name,-18} {measured.ItemsPerSecond,9:N0} items/s  {measured.CpuPer100000,6:N2} CPU s per 100,000  {measured.PeakBytes / 1048576.0,5:N0} MB heap");
                }
            }
        }

        ComparisonTable.Print(results, Reference, "All in one process, beside its server: compare ratios only. Peak MB is of the managed heap.");
    }

    private static async Task<Measurement> MeasureAsync(Func<Task<long>> scan, int items)
    {
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes();
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        long peak = 0;
        await using var sampler = new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(false)), null, 0, 10);
        var clock = Stopwatch.StartNew();
        long read = await scan();
        clock.Stop();
        if (read != items)
        {
            throw new InvalidOperationException($"{read} items were read of {items}.");
        }

        double cpuSeconds = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        return new Measurement(items, clock.Elapsed.TotalSeconds, cpuSeconds, GC.GetTotalAllocatedBytes() - allocated, peak);
    }

    private static async Task FillAsync(Uri endpoint, AmazonDynamoDBClient client, int items)
    {
        await LocalTable.CreateAsync(client, Table, BenchmarkRows.Names[0]);
        var rows = new BenchmarkRows();
        await EngineScan.FillAsync(endpoint, Table, items, (encoder, i) =>
        {
            for (int a = 0; a < BenchmarkRows.Names.Length; a++)
            {
                encoder.Add(encoder.Plan(BenchmarkRows.Names[a]), a == 0 ? $"user-{i:D8}" : rows[i][a]);
            }
        });
    }
}
