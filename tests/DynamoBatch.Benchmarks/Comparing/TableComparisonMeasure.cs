using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DynamoBatch.Benchmarks.Measuring;
using DynamoBatch.LocalAws;

namespace DynamoBatch.Benchmarks.Comparing;

/// <summary>A comparison of two tables of a local server beside a scan of both. Rounds are interleaved, each in a process of its own.</summary>
internal static class TableComparisonMeasure
{
    public static async Task RunAsync(Options options)
    {
        int rounds = options.Number("rounds", 3);
        int items = options.Number("items", 1_000_000);
        int differences = options.Number("differences", 5000);
        await using LocalAwsServer aws = await LocalAwsServer.StartAsync();
        using var client = new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = aws.BackendEndpoint.ToString(), AuthenticationRegion = "us-east-1" });
        await ComparedTables.FillAsync(aws.BackendEndpoint, client, items, differences);
        Console.WriteLine($"Filled: 2 x {items} items.");
        string[] clients = [CompareClient.Scan, CompareClient.Compare, CompareClient.CompareShuffled];
        Dictionary<string, List<Measurement>> results = clients.ToDictionary(name => name, _ => new List<Measurement>());
        for (int round = 1; round <= rounds; round++)
        {
            foreach (string name in clients)
            {
                Measurement measured = await CompareClient.MeasureAsync(name, aws.BackendEndpoint, 2 * items);
                results[name].Add(measured);
                Console.WriteLine(
                    $"  round {round}  {name,-20} {measured.Seconds,7:N1} s  {measured.CpuPer100000,6:N2} CPU s per 100,000  {measured.PeakBytes / 1048576.0,5:N0} MB");
            }
        }

        ComparisonTable.Print(results, CompareClient.Scan, "The server's own time is in all of them. Items are those of both tables. Peak MB is the working set of the process.");
    }
}
