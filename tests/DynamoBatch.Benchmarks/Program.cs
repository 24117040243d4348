using System;
using System.Threading.Tasks;
using DynamoBatch.Benchmarks.Clients;
using DynamoBatch.Benchmarks.Comparing;
using DynamoBatch.Benchmarks.Loading;
using DynamoBatch.Benchmarks.Measuring;
using DynamoBatch.Benchmarks.Reading;
using DynamoBatch.Benchmarks.Sink;

namespace DynamoBatch.Benchmarks;

internal static class Program
{
    private const string Help = """
        Measures DynamoBatch against hand-written peers. See docs/benchmarks.md.

        dotnet run -c Release --project tests/DynamoBatch.Benchmarks -- COMMAND

          engine [--rounds 5] [--items 200000] [--clients sdk-loop,engine,document-model,put-item]
              the engine beside what one would write by hand, against a sink that answers at once
          founding [--items 5000] [--tables 4] [--latency 8]
              puts and updates one by one, beside the engine, against a sink that takes its time
          engine-updates [--rounds 5] [--items 200000] [--clients engine-put,engine-update,engine-update-item,update-item]
              the engine's updates beside its own puts of the same attributes, against a sink that answers at once
          founding-updates [--rounds 3] [--items 5000] [--tables 4] [--latency 8]
              UpdateItem one by one, beside the engine's updates, in tables of a local server that takes its time
          checkpoint [--rounds 5] [--items 200000]
              the engine's puts without a checkpoint and with one, against a sink that answers at once
          load FILE.csv [--key COLUMN] [--table NAME]
              a CSV into a local table, through the engine, and read back; the key is the first column unless said
          read [--rounds 5] [--items 100000]
              a local table scanned by the engine beside hand-written loops, with one segment and with four
          compare [--rounds 5] [--items 1000000] [--differences 5000]
              two tables compared by the engine beside a scan of both, in the same order and in another one; no server
          sink [--port 8001] [--latency 0]
              the sink alone, until its input ends or Ctrl+C
        """;

    private static async Task<int> Main(string[] arguments)
    {
        string command = arguments.Length == 0 ? "help" : arguments[0];
        try
        {
            var options = new Options(arguments);
            switch (command)
            {
                case "engine":
                    await EngineComparison.RunAsync(options, BulkClients.SdkLoop, BulkClients.Engine, BulkClients.DocumentModel, BulkClients.PutItem);
                    return 0;
                case "engine-updates":
                    await EngineComparison.RunAsync(
                        options, BulkClients.EnginePut, BulkClients.EngineUpdate, BulkClients.EngineUpdateItem, BulkClients.UpdateItem);
                    return 0;
                case "checkpoint":
                    await EngineComparison.RunAsync(options, BulkClients.Engine, BulkClients.EngineCheckpoint);
                    return 0;
                case "founding":
                    await FoundingScenario.RunAsync(options);
                    return 0;
                case "founding-updates":
                    await FoundingUpdates.RunAsync(options);
                    return 0;
                case "load":
                    return await LoadCommand.RunAsync(options);
                case "read":
                    await ReadComparison.RunAsync(options);
                    return 0;
                case "compare":
                    await TableComparisonMeasure.RunAsync(options);
                    return 0;
                case CompareClient.Name:
                    await CompareClient.RunAsync(options);
                    return 0;
                case "sink":
                    SinkCommand.Run(options);
                    return 0;
                case ClientCommand.Name:
                    await ClientCommand.RunAsync(options);
                    return 0;
                default:
                    Console.WriteLine(Help);
                    return command is "help" or "--help" or "-h" ? 0 : 2;
            }
        }
        catch (ArgumentException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }
}
