using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using DynamoBatch.Core.Comparing;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Comparing;

/// <summary>What holds for any tables, orders, faults and writes meanwhile, beside a model. A failing seed is in the test's name.</summary>
public class TableComparisonLaws
{
    public static TheoryData<int> Seeds()
    {
        var seeds = new TheoryData<int>();
        foreach (int seed in Enumerable.Range(1, 24))
        {
            seeds.Add(seed);
        }

        return seeds;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Tables_at_rest_are_told_exactly_whatever_the_order_of_the_scans(int seed)
    {
        var random = new Random(seed);
        (SimulatedScans reference, SimulatedScans difference) = Tables(random, seed, random.Next(2) == 0, trouble: seed % 3 == 0 ? 0.1 : 0);
        Dictionary<string, string> expected = Model(reference, difference);

        using ComparisonRun run = await new ComparisonRun(reference, difference, Options(random)).RunAsync();

        run.Comparison.Failure.ShouldBeNull();
        run.Pairs.ToDictionary(p => SimulatedScans.IdOf(p.Key), Told).ShouldBe(expected, ignoreOrder: true);
        ComparisonCounts counts = run.Comparison.Counts;
        counts.Differences.ShouldBe(expected.Count);
        (counts.Equal + counts.Changed + counts.OnlyInReference).ShouldBe(counts.ReferenceItems);
        (counts.Equal + counts.Changed + counts.OnlyInDifference).ShouldBe(counts.DifferenceItems);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Writes_to_the_difference_table_meanwhile_neither_hide_nor_double_a_key(int seed)
    {
        var random = new Random(seed);
        (SimulatedScans reference, SimulatedScans difference) = Tables(random, seed, sameOrder: seed % 2 == 0, trouble: 0);
        Dictionary<string, string> before = Model(reference, difference);
        var writer = new Random(seed + 1000);
        int version = 1000;
        reference.Meanwhile = difference.Meanwhile = () =>
        {
            lock (writer)
            {
                string id = Id(writer.Next(500));
                difference.Set(id, writer.Next(3) == 0 ? null : Item(id, ++version, writer));
            }
        };

        using ComparisonRun run = await new ComparisonRun(reference, difference, Options(random)).RunAsync();

        run.Comparison.Failure.ShouldBeNull();
        string[] told = run.Pairs.Select(p => SimulatedScans.IdOf(p.Key)).ToArray();
        told.ShouldBeUnique();

        // Who was not written to is told as if nobody had been.
        run.Pairs.Select(p => (Id: SimulatedScans.IdOf(p.Key), Told: Told(p))).Where(p => !difference.Ever.ContainsKey(p.Id))
            .ShouldBe(before.Where(b => !difference.Ever.ContainsKey(b.Key)).Select(b => (b.Key, b.Value)), ignoreOrder: true);
        foreach (ItemPair pair in run.Pairs)
        {
            string id = SimulatedScans.IdOf(pair.Key);
            Text(pair.Reference).ShouldBe(reference.Get(id) ?? string.Empty);
            (pair.Reference.IsEmpty && pair.Difference.IsEmpty).ShouldBeFalse();
            if (difference.Ever.TryGetValue(id, out HashSet<string>? states))
            {
                states.ShouldContain(Text(pair.Difference));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Equal_pairs_are_told_too_where_they_are_wanted(int seed)
    {
        var random = new Random(seed);
        (SimulatedScans reference, SimulatedScans difference) = Tables(random, seed, sameOrder: seed % 2 == 0, trouble: 0);

        using ComparisonRun run = await new ComparisonRun(
            reference, difference, new ComparisonOptions { IncludeEqual = true, MaxWaitingBytes = 5000, MaxUntakenBytes = 2000 }).RunAsync();

        run.Comparison.Failure.ShouldBeNull();
        run.Pairs.Select(p => SimulatedScans.IdOf(p.Key)).ShouldBeUnique();
        run.Pairs.Count.ShouldBe(Enumerable.Range(0, 1000).Count(i => reference.Get(Id(i)) is not null || difference.Get(Id(i)) is not null));
        run.Pairs.Count(p => p.IsEqual).ShouldBe((int)run.Comparison.Counts.Equal);
    }

    private static ComparisonOptions Options(Random random) => new()
    {
        ThrottleLimit = random.Next(2) == 0 ? random.Next(1, 5) : 64,
        MaxWaitingBytes = random.Next(3) == 0 ? 160_000_000 : random.Next(20_000),
        MaxUntakenBytes = random.Next(2) == 0 ? 1 : 1_000_000,
    };

    private static (SimulatedScans Reference, SimulatedScans Difference) Tables(Random random, int seed, bool sameOrder, double trouble)
    {
        int order = random.Next();
        int count = random.Next(1000);
        long bytes = random.Next(2) * 100L * 1024 * 1024;
        SimulatedScans Table(string name, int orderSeed) =>
            new SimulatedScans(name, orderSeed, new Random(seed), bytes + 1) { Trouble = trouble, PageSize = random.Next(1, 40) };

        SimulatedScans reference = Table("A", order), difference = Table("B", sameOrder ? order : random.Next());
        for (int i = 0; i < count; i++)
        {
            int dice = random.Next(20);
            if (dice != 0)
            {
                reference.Set(Id(i), Item(Id(i), i, random));
            }

            if (dice != 1)
            {
                difference.Set(Id(i), Item(Id(i), dice == 2 ? -i - 1 : i, random));
            }
        }

        reference.Ever.Clear();
        difference.Ever.Clear();
        return (reference, difference);
    }

    private static string Id(int number) => FormattableString.Invariant($"key-{number}");

    // The same item in one of several spellings.
    private static string Item(string id, int version, Random random)
    {
        string number = version.ToString(CultureInfo.InvariantCulture);
        string[] attributes =
        [
            $"\"id\":{{\"S\":\"{id}\"}}",
            $"\"v\":{{\"N\":\"{(random.Next(2) == 0 ? number : number + ".0")}\"}}",
            random.Next(2) == 0 ? "\"s\":{\"SS\":[\"a\",\"b\"]}" : "\"s\":{\"SS\":[\"b\",\"\\u0061\"]}",
            random.Next(2) == 0 ? "\"m\":{\"M\":{\"x\":{\"L\":[{\"N\":\"1\"}]},\"y\":{\"NULL\":true}}}" : "\"m\":{\"M\":{\"y\":{\"NULL\":true},\"x\":{\"L\":[{\"N\":\"1E0\"}]}}}",
        ];
        random.Shuffle(attributes);
        return "{" + string.Join(",", attributes) + "}";
    }

    private static decimal? VersionOf(string? item) => item is null
        ? null
        : decimal.Parse(item.Split("\"v\":{\"N\":\"")[1].Split('"')[0], NumberStyles.Number, CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Model(SimulatedScans reference, SimulatedScans difference)
    {
        var model = new Dictionary<string, string>();
        foreach (string id in Enumerable.Range(0, 1000).Select(Id))
        {
            string? left = reference.Get(id), right = difference.Get(id);
            if (left is null != right is null)
            {
                model[id] = left is null ? "=>" : "<=";
            }
            else if (left is not null && VersionOf(left) != VersionOf(right))
            {
                model[id] = "<>v";
            }
        }

        return model;
    }

    private static string Told(ItemPair pair) =>
        pair.IsEqual ? "==" : pair.Difference.IsEmpty ? "<=" : pair.Reference.IsEmpty ? "=>" : "<>" + string.Join(",", pair.Attributes);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
