using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using DynamoBatch.Core.Restoring.Changes;

namespace DynamoBatch.Core.Tests.Restoring;

/// <summary>Random damage, random good writes since, and what a restore should come to.</summary>
internal sealed class RandomChanges
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e.f", "name"];

    public RandomChanges(int seed, int count)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            var wanted = random.Next(4) == 0 ? null : Item(random);
            var seen = random.Next(4) == 0 ? null : wanted is not null && random.Next(2) == 0 ? Mutate(wanted, random) : Item(random);
            if (Same(wanted, seen))
            {
                continue;
            }

            // Mostly as the damage left it; else written since, put or deleted anew, or restored by hand.
            var present = random.Next(3) == 0 ? seen is null ? null : Mutate(seen, random) : random.Next(12) == 0 ? Item(random) : random.Next(12) == 0 ? null : random.Next(10) == 0 ? wanted : seen;
            Rows.Add(("k" + i.ToString(CultureInfo.InvariantCulture), seen, wanted, present));
        }
    }

    public List<(string Id, Dictionary<string, int>? Seen, Dictionary<string, int>? Wanted, Dictionary<string, int>? Present)> Rows { get; } = [];

    /// <summary>Files all rows as changes, those too that change nothing.</summary>
    public void Stage(string path)
    {
        File.Delete(path);
        using var file = new AppendFile(path);
        foreach (var (id, seen, wanted, _) in Rows)
        {
            ChangeFile.Write(file, Json(id, []), Json(id, seen), Json(id, wanted));
        }

        file.Flush(toDisk: true);
    }

    /// <summary>By key, the items that should be there in the end.</summary>
    public Dictionary<string, Dictionary<string, int>> Expected() => Rows
        .Select(r => (r.Id, Item: Expect(r.Seen, r.Wanted, r.Present)))
        .Where(r => r.Item is not null)
        .ToDictionary(r => r.Id, r => r.Item!);

    private static Dictionary<string, int>? Expect(Dictionary<string, int>? seen, Dictionary<string, int>? wanted, Dictionary<string, int>? present)
    {
        if (seen is null || wanted is null)
        {
            return Same(present, seen) ? wanted : present;
        }

        if (present is null)
        {
            return null;
        }

        var expected = new Dictionary<string, int>(present);
        foreach (string name in Names.Where(n => Get(seen, n) != Get(wanted, n) && Get(present, n) == Get(seen, n)))
        {
            expected.Remove(name);
            if (Get(wanted, name) is { } value)
            {
                expected[name] = value;
            }
        }

        return expected;
    }

    private static bool Same(Dictionary<string, int>? left, Dictionary<string, int>? right) =>
        left is null || right is null ? left == right : left.Count == right.Count && left.All(a => Get(right, a.Key) == a.Value);

    private static int? Get(Dictionary<string, int> item, string name) => item.TryGetValue(name, out int value) ? value : null;

    private static Dictionary<string, int> Item(Random random) =>
        Names.Where(_ => random.Next(4) > 0).ToDictionary(n => n, _ => random.Next(3));

    private static Dictionary<string, int> Mutate(Dictionary<string, int> item, Random random)
    {
        var mutated = new Dictionary<string, int>(item);
        for (int i = random.Next(1, 3); i > 0; i--)
        {
            string name = Names[random.Next(Names.Length)];
            mutated.Remove(name);
            if (random.Next(3) > 0)
            {
                mutated[name] = random.Next(10, 13);
            }
        }

        return mutated;
    }

    private static byte[] Json(string id, Dictionary<string, int>? item) => item is null
        ? []
        : Encoding.UTF8.GetBytes($"{{\"id\":{{\"S\":\"{id}\"}}{string.Concat(item.Select(a => $",\"{a.Key}\":{{\"N\":\"{a.Value}\"}}"))}}}");
}
