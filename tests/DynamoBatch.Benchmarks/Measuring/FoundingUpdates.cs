using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using DynamoBatch.Benchmarks.Clients;
using DynamoBatch.Benchmarks.Loading;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Faults;

namespace DynamoBatch.Benchmarks.Measuring;

/// <summary>
/// The founding scenario for updates, which BatchWriteItem cannot make: items of several tables that a local server holds, each
/// update setting three attributes. Both clients start cold, and each meets items that all differ from what it sets.
/// </summary>
internal static class FoundingUpdates
{
    public static async Task RunAsync(Options options)
    {
        int rounds = options.Number("rounds", 3);
        int items = options.Number("items", 5_000);
        int latency = options.Number("latency", 8);
        string[] tables = BulkClients.TableNames(options.Number("tables", 4));
        await using LocalAwsServer aws = await LocalAwsServer.StartAsync(
            new LocalAwsOptions
            {
                Faults = FaultSettings.None with { Operations = new Dictionary<string, OperationFaults> { ["*"] = new() { Latency = latency } } },
            });
        using var updated = new UpdatedTables(aws.BackendEndpoint, tables, items);
        await updated.CreateAsync();
        Console.WriteLine($"{items:N0} updates over {tables.Length} tables, {latency} ms a request; {MachineDescription.Text}");
        var ratios = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            double oneByOne = await MeasureAsync(BulkClients.UpdateItem);
            double engine = await MeasureAsync(BulkClients.EngineUpdate);
            ratios.Add(oneByOne / engine);
            Console.WriteLine($"  round {round + 1}  {ratios[^1]:N0} times as fast");
        }

        Console.WriteLine($"  median {ComparisonTable.Median(ratios):N0} times as fast");

        async Task<double> MeasureAsync(string client)
        {
            await updated.FillAsync();
            Measurement measured = await ClientCommand.MeasureAsync(client, aws.Endpoint, items, warmUp: 0, tables.Length);
            await updated.CheckAsync();
            Console.WriteLine($"  {client,-15} {measured.Seconds,7:N2} s  {measured.ItemsPerSecond,8:N0} items/s");
            return measured.Seconds;
        }
    }
}
