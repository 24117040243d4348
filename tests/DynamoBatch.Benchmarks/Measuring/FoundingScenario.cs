using System;
using System.Threading.Tasks;
using DynamoBatch.Benchmarks.Clients;
using DynamoBatch.Benchmarks.Sink;

namespace DynamoBatch.Benchmarks.Measuring;

/// <summary>
/// Why this module exists: thousands of items over several tables, each write costing a round trip. Both start cold, as a
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
        await CompareAsync(BulkClients.PutItem, BulkClients.Engine);
        await CompareAsync(BulkClients.UpdateItem, BulkClients.EngineUpdate);

        async Task CompareAsync(string oneByOne, string engine)
        {
            double ratio = await MeasureAsync(oneByOne) / await MeasureAsync(engine);
            Console.WriteLine($"  {ratio:N0} times as fast");
        }

        async Task<double> MeasureAsync(string client)
        {
            Measurement measured = await ClientCommand.MeasureAsync(client, sink, items, warmUp: 0, tables);
            Console.WriteLine($"  {client,-15} {measured.Seconds,7:N2} s  {measured.ItemsPerSecond,8:N0} items/s");
            return measured.Seconds;
        }
    }
}
