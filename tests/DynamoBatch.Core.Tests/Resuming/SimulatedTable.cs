using System;
using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Core.Tests.Resuming;

/// <summary>What the writes of a pipeline leave.</summary>
internal sealed class SimulatedTable
{
    private readonly SortedDictionary<string, SortedDictionary<string, int>> _items = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tokens = [];

    public void Apply(SimulatedRow row, string? token = null)
    {
        if (token is not null && !_tokens.Add(token))
        {
            return;
        }

        switch (row.Verb)
        {
            case SimulatedVerb.Put:
                _items[row.Key] = new() { ["v"] = row.Value };
                break;
            case SimulatedVerb.Delete:
                _items.Remove(row.Key);
                break;
            case SimulatedVerb.Set:
                Item(row.Key)["a" + (row.Value % 3)] = row.Value;
                break;
            default:
                Item(row.Key).TryGetValue("n", out int sum);
                Item(row.Key)["n"] = sum + row.Value;
                break;
        }
    }

    /// <summary>The content as text, but for some keys.</summary>
    public List<string> Describe(HashSet<string> without) =>
        _items.Where(i => !without.Contains(i.Key)).Select(i => i.Key + " " + string.Join(",", i.Value.Select(a => a.Key + "=" + a.Value))).ToList();

    private SortedDictionary<string, int> Item(string key)
    {
        if (!_items.TryGetValue(key, out SortedDictionary<string, int>? item))
        {
            _items.Add(key, item = new(StringComparer.Ordinal));
        }

        return item;
    }
}
