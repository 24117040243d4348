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
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Benchmarks.Comparing;

/// <summary>Scans or compares the two tables, in a process of its own, so that its peak is its own.</summary>
internal static class CompareClient
{
    public const string Name = "compare-client";
    public const string Scan = "scan-both";
    public const string Compare = "compare";
    public const string CompareShuffled = "compare-other-order";

    public static async Task<Measurement> MeasureAsync(string client, int items, int differences)
    {
        using Process process = SelfProcess.Start(
            SelfProcess.ClientCore, Name, client, "--items", $"{items}", "--differences", differences.ToString(CultureInfo.InvariantCulture));
        string answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Measurement>(answer)!
            : throw new InvalidOperationException($"Client '{client}' failed.");
    }

    public static async Task RunAsync(Options options)
    {
        int items = options.Number("items", 0), differences = options.Number("differences", 0);
        string client = options.Bare[0];
        var reference = new GeneratedTable("Reference", items, differences, isSecond: false, shuffled: false);
        var difference = new GeneratedTable("Difference", items, differences, isSecond: true, shuffled: client == CompareShuffled);
        var clock = Stopwatch.StartNew();
        await EngineRun.OnOwnThread(() =>
        {
            if (client == Scan)
            {
                Read(reference);
                Read(difference);
            }
            else
            {
                Take(reference, difference);
            }
        });
        clock.Stop();
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new Measurement(
            2 * items, clock.Elapsed.TotalSeconds, process.TotalProcessorTime.TotalSeconds, GC.GetTotalAllocatedBytes(), process.PeakWorkingSet64)));
    }

    private static void Read(GeneratedTable table) =>
        EngineScan.Read(options => new TableReader((request, _) => table.ScanAsync(request), new PageSource(table.Schema), options));

    private static void Take(GeneratedTable reference, GeneratedTable difference)
    {
        GeneratedTable Table(string name) => name == reference.Schema.TableName ? reference : difference;
        var send = new ComparisonTransports(
            source => (request, _) => Table(source.Schema.TableName).ScanAsync(request),
            (request, _) => Task.FromResult(new ReadReply(ReplyKind.Answered)
            {
                Items = request.Keys.Select(k => Table(k.Table.Name).LookUp(k.Key)).ToArray(),
            }));

        // Not disposed: a request that ends after the run has may still set it.
        var signal = new AutoResetEvent(false);
        using var comparison = new TableComparison(
            send,
            ComparisonSide.OfTable(reference.Schema),
            ComparisonSide.OfTable(difference.Schema),
            new ComparisonOptions { Signal = () => signal.Set() });
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
}
