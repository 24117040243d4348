using System;
using System.Threading.Tasks;
using DynamoBatch.Benchmarks.Clients;
using DynamoBatch.Benchmarks.Sink;

namespace DynamoBatch.Benchmarks.Measuring;

/// <summary>
/// Why this module exists: thousands of items over several tables, each put costing a round trip. Both start cold, as a
/// command in a script does.
/// </summary>
internal static class FoundingScenario
{
    public static async Task RunAsync(Options options)
    {
        int items = options.Number("items", 5_000);
        int tables = options.Number("tables", 4);
        int latency = options.Number("latency", 8);
        using SinkProcess sink = SinkProcess.Start(latency);
        Console.WriteLine($"{items:N0} items over {tables} tables, {latency} ms a request; {MachineDescription.Text}");
        Measurement oneByOne = await ClientCommand.MeasureAsync(BulkClients.PutItem, sink, items, warmUp: 0, tables);
        Console.WriteLine($"  PutItem, one by one  {oneByOne.Seconds,7:N2} s  {oneByOne.ItemsPerSecond,8:N0} items/s");
        Measurement engine = await ClientCommand.MeasureAsync(BulkClients.Engine, sink, items, warmUp: 0, tables);
        Console.WriteLine($"  DynamoBatch's engine {engine.Seconds,7:N2} s  {engine.ItemsPerSecond,8:N0} items/s");
        Console.WriteLine($"  {oneByOne.Seconds / engine.Seconds:N0} times as fast");
    }
}
