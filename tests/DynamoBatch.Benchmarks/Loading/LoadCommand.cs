using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DynamoBatch.Core.Batching;
using DynamoBatch.LocalAws;

namespace DynamoBatch.Benchmarks.Loading;

/// <summary>Loads a CSV file into a table of a local AWS through the engine, reads the table back, and compares.</summary>
internal static class LoadCommand
{
    public static async Task<int> RunAsync(Options options)
    {
        string file = options.Bare.Count == 1 ? options.Bare[0] : throw new ArgumentException("load takes one CSV file.");
        using var csv = CsvRows.Open(file);
        string key = options.Text("key") ?? csv.Names[0];
        if (!csv.Names.Contains(key))
        {
            throw new ArgumentException($"{file} has no column '{key}'. It has: {string.Join(", ", csv.Names)}.");
        }

        string table = options.Text("table") ?? Path.GetFileNameWithoutExtension(file);
        await using LocalAwsServer aws = await LocalAwsServer.StartAsync();
        using var client = new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = aws.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
        await LocalTable.CreateAsync(client, table, key);

        var expected = new ExpectedItems(csv.Names, key);
        var clock = Stopwatch.StartNew();
        WriteCounts counts = await CsvLoad.RunAsync(aws.Endpoint, table, csv, expected.Add);
        clock.Stop();
        long inTable = await LocalTable.ReadAsync(client, table, expected.Check);

        Console.WriteLine($"{csv.Count:N0} rows read, key '{key}'");
        Console.WriteLine($"{counts.Succeeded:N0} succeeded, {counts.Replaced:N0} replaced by a later row of their key, {counts.Failed:N0} failed");
        Console.WriteLine($"{inTable:N0} items in table '{table}', {expected.Count:N0} expected, {expected.Wrong:N0} differ");
        Console.WriteLine($"{csv.Count / clock.Elapsed.TotalSeconds:N0} rows/s, {clock.Elapsed.TotalSeconds:N2} s");
        bool exact = counts.Succeeded + counts.Replaced == csv.Count && inTable == expected.Count && expected.Wrong == 0;
        Console.WriteLine(exact ? "Every attribute of every item is as the file's last row of its key says." : "NOT what the file says.");
        return exact ? 0 : 1;
    }
}
