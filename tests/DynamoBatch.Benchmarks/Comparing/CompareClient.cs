using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Benchmarks.Clients;
using DynamoBatch.Benchmarks.Measuring;
using DynamoBatch.Benchmarks.Reading;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Benchmarks.Comparing;

/// <summary>Scans or compares the two tables, in a process of its own, so that its peak is its own.</summary>
internal static class CompareClient
{
    public const string Name = "compare-client";
    public const string Scan = "scan-both";
    public const string Compare = "compare";
    public const string CompareShuffled = "compare-other-order";

    public static async Task<Measurement> MeasureAsync(string client, Uri endpoint, int items)
    {
        using Process process = SelfProcess.Start(
            SelfProcess.ClientCore, Name, client, "--endpoint", endpoint.ToString(), "--items", items.ToString(CultureInfo.InvariantCulture));
        string answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Measurement>(answer)!
            : throw new InvalidOperationException($"Client '{client}' failed.");
    }

    public static async Task RunAsync(Options options)
    {
        var endpoint = new Uri(options.Text("endpoint") ?? throw new ArgumentException("--endpoint says where the server is."));
        int items = options.Number("items", 0);
        var clock = Stopwatch.StartNew();
        await RunAsync(options.Bare[0], endpoint);
        clock.Stop();
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(
            new Measurement(items, clock.Elapsed.TotalSeconds, process.TotalProcessorTime.TotalSeconds, GC.GetTotalAllocatedBytes(), process.PeakWorkingSet64)));
    }

    private static async Task RunAsync(string client, Uri endpoint)
    {
        if (client == Scan)
        {
            await EngineScan.RunAsync(endpoint, ComparedTables.Reference, null);
            await EngineScan.RunAsync(endpoint, ComparedTables.Difference, null);
            return;
        }

        DdbConnection connection = EngineScan.Connect(endpoint);
        ComparisonTransports plain = connection.CreateTransports();
        ComparisonTransports send = client == CompareShuffled ? plain with { Scan = source => Shuffled(plain.Scan(source), source) } : plain;

        TableSchema reference = await connection.GetSchemaAsync(ComparedTables.Reference, null, CancellationToken.None);
        TableSchema difference = await connection.GetSchemaAsync(ComparedTables.Difference, null, CancellationToken.None);
        await EngineRun.OnOwnThread(() => Take(send, reference, difference));
    }

    private static void Take(ComparisonTransports send, TableSchema reference, TableSchema difference)
    {
        // Not disposed: a request that ends after the run has may still set it.
        var signal = new AutoResetEvent(false);
        using var comparison = new TableComparison(
            send, ComparisonSide.OfTable(reference), ComparisonSide.OfTable(difference), new ComparisonOptions { Signal = () => signal.Set() });
        int taken = 0;
        while (!comparison.IsCompleted)
        {
            if (comparison.TryTake(out _))
            {
                taken++;
            }
            else
            {
                signal.WaitOne(TimeSpan.FromMilliseconds(100));
            }
        }

        ComparisonCounts counts = comparison.Counts;
        Console.Error.WriteLine(
            $"    {counts.Equal} equal, {taken} differences, {counts.LookedUp} keys looked up, {counts.Requests} requests, {counts.Segments} segments");
        if (comparison.Failure is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>The segments of the second table come in another order, so that nearly all items wait for one in another segment.</summary>
    private static Func<PageRequest, CancellationToken, Task<PageReply>> Shuffled(
        Func<PageRequest, CancellationToken, Task<PageReply>> send, PageSource source)
    {
        if (source.Schema.TableName != ComparedTables.Difference)
        {
            return send;
        }

        int[] order = Enumerable.Range(0, source.TotalSegments ?? 1).ToArray();
        new Random(1).Shuffle(order);
        return (request, cancellation) => send(request with { Segment = new ScanSegment(order[request.Segment.Number]) }, cancellation);
    }
}
