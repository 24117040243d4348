using System;
using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Benchmarks.Measuring;

/// <summary>Medians over rounds, and medians of the rounds' ratios to one of the clients.</summary>
internal static class ComparisonTable
{
    public static void Print(IReadOnlyDictionary<string, List<Measurement>> results, string reference, string? where = null)
    {
        Console.WriteLine();
        Console.WriteLine(MachineDescription.Text);
        Console.WriteLine(where ?? (SelfProcess.Pins ? "Client on one core, sink on another." : "Client and sink share the cores: compare ratios only."));
        Console.WriteLine($"Medians of {results.Values.First().Count} rounds; x is the median of the ratios to {reference} of the same round.");
        Console.WriteLine();
        Console.WriteLine("| client | items/s | x | CPU s per 100,000 | x | bytes allocated per item | x | peak MB |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        List<Measurement>? peers = results.GetValueOrDefault(reference);
        foreach ((string client, List<Measurement> rounds) in results)
        {
            string Column(Func<Measurement, double> value, string format) =>
                $"{Median(rounds.Select(value)).ToString(format)} | {Ratio(rounds, peers, value)} |";
            Console.WriteLine(
                $"| {client} | {Column(m => m.ItemsPerSecond, "N0")} {Column(m => m.CpuPer100000, "N2")} "
                + $"{Column(m => m.BytesPerItem, "N0")} {Median(rounds.Select(m => m.PeakBytes / 1048576.0)):N0} |");
        }
    }

    private static string Ratio(List<Measurement> rounds, List<Measurement>? peers, Func<Measurement, double> value) =>
        peers is null ? "" : Median(rounds.Zip(peers, (mine, theirs) => value(mine) / value(theirs))).ToString("N2");

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = values.Order().ToArray();
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
