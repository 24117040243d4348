using System;
using System.Globalization;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using DynamoBatch.Benchmarks.Clients;
using DynamoBatch.Benchmarks.Loading;
using DynamoBatch.Benchmarks.Reading;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Benchmarks.Comparing;

/// <summary>Two tables of the same items, about 500 bytes each, but for some: changed, only in one, or only in the other.</summary>
internal static class ComparedTables
{
    public const string Reference = "Reference";
    public const string Difference = "Difference";

    private const string Note = "note";
    private static readonly string Filling = new('.', 320);

    public static async Task FillAsync(Uri endpoint, AmazonDynamoDBClient client, int items, int differences)
    {
        var rows = new BenchmarkRows();
        int every = Math.Max(1, items / Math.Max(1, differences));
        foreach (string table in new[] { Reference, Difference })
        {
            await LocalTable.CreateAsync(client, table, BenchmarkRows.Names[0]);
            await EngineScan.FillAsync(endpoint, table, items, (encoder, i) => Add(encoder, rows, i, table, i % every == 0 ? i / every % 3 : -1));
        }
    }

    private static void Add(ItemEncoder encoder, BenchmarkRows rows, int i, string table, int kind)
    {
        bool differs = table == Difference;
        for (int a = 0; a < BenchmarkRows.Names.Length; a++)
        {
            // Of the third kind each table has one that the other has not.
            object value = a > 0 ? rows[i][a] : kind == 2 && differs ? $"other-{i:D8}" : $"user-{i:D8}";
            encoder.Add(encoder.Plan(BenchmarkRows.Names[a]), value);
        }

        encoder.Add(encoder.Plan(Note), (kind is 0 or 1 && differs ? "x" : string.Empty) + i.ToString(CultureInfo.InvariantCulture) + Filling);
    }
}
