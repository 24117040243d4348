using System;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Threading.Tasks;
using DynamoBatch.Benchmarks.Measuring;
using DynamoBatch.Benchmarks.Sink;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>One client in a process of its own, so that its processor time and its peak are its own.</summary>
internal static class ClientCommand
{
    public const string Name = "client";

    /// <summary>Runs a client in a child process, and checks that the sink got every item.</summary>
    public static async Task<Measurement> MeasureAsync(string client, SinkProcess sink, int items, int warmUp, int tables = 1)
    {
        long before = await sink.CountItemsAsync();
        Measurement measured = await MeasureAsync(client, sink.Endpoint, items, warmUp, tables);
        long arrived = await sink.CountItemsAsync() - before;
        return arrived == items + warmUp
            ? measured
            : throw new InvalidOperationException($"Client '{client}' was to write {items + warmUp} items, and {arrived} arrived.");
    }

    /// <summary>Runs a client in a child process. Whether all arrived, the caller checks.</summary>
    public static async Task<Measurement> MeasureAsync(string client, Uri endpoint, int items, int warmUp, int tables)
    {
        using Process process = SelfProcess.Start(
            SelfProcess.ClientCore,
            Name,
            client,
            "--endpoint",
            endpoint.ToString(),
            "--items",
            items.ToString(CultureInfo.InvariantCulture),
            "--warm-up",
            warmUp.ToString(CultureInfo.InvariantCulture),
            "--tables",
            tables.ToString(CultureInfo.InvariantCulture));
        string answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Measurement>(answer)!
            : throw new InvalidOperationException($"Client '{client}' failed.");
    }

    public static async Task RunAsync(Options options)
    {
        int items = options.Number("items", 100_000);
        var rows = new BenchmarkRows();
        var endpoint = new Uri(options.Text("endpoint") ?? throw new ArgumentException("--endpoint says where the sink is."));
        GC.Collect();
        if (options.Number("warm-up", 0) is > 0 and int warmUp)
        {
            using IBulkClient warm = BulkClients.Create(options.Bare[0], endpoint, options.Number("tables", 1));
            await warm.WriteAsync(rows, warmUp);
        }

        using var process = Process.GetCurrentProcess();
        long allocated = GC.GetTotalAllocatedBytes();
        TimeSpan cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        using IBulkClient client = BulkClients.Create(options.Bare[0], endpoint, options.Number("tables", 1));
        await client.WriteAsync(rows, items);
        clock.Stop();
        process.Refresh();
        var measured = new Measurement(
            items,
            clock.Elapsed.TotalSeconds,
            (process.TotalProcessorTime - cpu).TotalSeconds,
            GC.GetTotalAllocatedBytes() - allocated,
            process.PeakWorkingSet64);
        Console.WriteLine(JsonSerializer.Serialize(measured));
    }
}
