using System;
using System.Collections.Generic;
using System.Linq;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Benchmarks.Loading;

/// <summary>What a table should hold: the last row of each key.</summary>
internal sealed class ExpectedItems
{
    private readonly Dictionary<string, string[]> _rows = new(StringComparer.Ordinal);
    private readonly string[] _names;
    private readonly int _key;

    public ExpectedItems(string[] names, string key)
    {
        _names = names;
        _key = Array.IndexOf(names, key);
    }

    public int Count => _rows.Count;

    /// <summary>Items that were not as expected.</summary>
    public int Wrong { get; private set; }

    public void Add(string[] row) => _rows[row[_key]] = row;

    public void Check(Dictionary<string, AttributeValue> item)
    {
        bool same = item.GetValueOrDefault(_names[_key])?.S is { } key
            && _rows.TryGetValue(key, out string[]? row)
            && item.Count == _names.Length
            && _names.Zip(row).All(cell => item.GetValueOrDefault(cell.First)?.S == cell.Second);
        Wrong += same ? 0 : 1;
    }
}
