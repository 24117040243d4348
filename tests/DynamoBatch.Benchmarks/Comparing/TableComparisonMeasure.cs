using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using DynamoBatch.Benchmarks.Measuring;

namespace DynamoBatch.Benchmarks.Comparing;

/// <summary>A comparison of two tables beside a scan of both. Rounds are interleaved, each in a process of its own.</summary>
internal static class TableComparisonMeasure
{
    public static async Task RunAsync(Options options)
    {
        int rounds = options.Number("rounds", 5);
        int items = options.Number("items", 1_000_000);
        int differences = options.Number("differences", 5000);
        string[] clients = [CompareClient.Scan, CompareClient.Compare, CompareClient.CompareShuffled];
        Dictionary<string, List<Measurement>> results = clients.ToDictionary(name => name, _ => new List<Measurement>());
        for (int round = 1; round <= rounds; round++)
        {
            foreach (string name in clients)
            {
                Measurement measured = await CompareClient.MeasureAsync(name, items, differences);
                results[name].Add(measured);
                Console.WriteLine(
                    $"  round {round}  {name,-20} {measured.Seconds,7:N1} s  {measured.CpuPer100000,6:N2} CPU s per 100,000  {measured.PeakBytes / 1048576.0,5:N0} MB");
            }
        }

        ComparisonTable.Print(
            results, CompareClient.Scan, "The pages are made in the same process, which is in all of it. Items are those of both tables. Peak MB is the working set of the process.");
    }
}
