using System;
using System.Globalization;
using System.Linq;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>
/// The data, made before anything is measured: seven attributes, about 150 bytes an item as DynamoDB counts. The rows repeat
/// after a while, at a distance at which no client still holds the earlier one.
/// </summary>
internal sealed class BenchmarkRows
{
    private const int Distinct = 50_000;

    private static readonly string[] FirstNames = ["Alexandra", "Bartholomew", "Catherine", "Dominic", "Eleonora", "Frederick", "Genoveva"];
    private static readonly string[] LastNames = ["Montgomery", "Fitzgerald", "Kowalczyk", "Lindqvist", "Papadopoulos", "Okonkwo"];
    private static readonly string[] Cities = ["San Francisco", "Buenos Aires", "Johannesburg", "Kuala Lumpur", "Thessaloniki"];

    private readonly object[][] _rows = new object[Distinct][];

    public BenchmarkRows()
    {
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (int i = 0; i < Distinct; i++)
        {
            string first = FirstNames[i % FirstNames.Length];
            string last = LastNames[i % LastNames.Length];
            _rows[i] =
            [
                $"user-{i:D8}",
                $"{first} {last}",
                $"{first}.{last}{i}@example.com".ToLowerInvariant(),
                Cities[i % Cities.Length],
                start.AddSeconds(i * 37).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                i * 7 % 100_000,
                i % 3 == 0,
            ];
        }
    }

    /// <summary>Attribute names, in the order of the values. The first is the key.</summary>
    public static string[] Names { get; } = ["id", "name", "email", "city", "createdAt", "balance", "active"];

    /// <summary>All of <see cref="Names"/>, by their place.</summary>
    public static int[] AllColumns { get; } = Enumerable.Range(0, Names.Length).ToArray();

    /// <summary>What updates take: the key, and the two texts and the number that they set.</summary>
    public static int[] UpdatedColumns { get; } = [0, Array.IndexOf(Names, "city"), Array.IndexOf(Names, "createdAt"), Array.IndexOf(Names, "balance")];

    /// <summary>The values of a row: five texts, a whole number, a boolean.</summary>
    public object[] this[int index] => _rows[index % Distinct];
}
