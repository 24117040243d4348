using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Reflection;

namespace DynamoBatch.Core.Items;

/// <summary>Dictionaries of whatever kind as names and values.</summary>
internal sealed class MapKeys
{
    private readonly Dictionary<Type, (PropertyInfo Key, PropertyInfo Value)> _pairs = [];

    /// <summary>The entries of an IDictionary.</summary>
    internal static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary dictionary, IValueAdapter adapter)
    {
        var entries = dictionary.GetEnumerator();
        using (entries as IDisposable)
        {
            while (entries.MoveNext())
            {
                yield return new KeyValuePair<string, object?>(Name(entries.Key, adapter), entries.Value);
            }
        }
    }

    /// <summary>The text of a dictionary's key.</summary>
    internal static string Name(object? key, IValueAdapter adapter)
    {
        key = adapter.Unwrap(key);
        return key == null ? "" : ScalarText.Of(key) ?? Convert.ToString(key, CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>The entries of a dictionary that only has the generic interface.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> Pairs(IEnumerable dictionary, IValueAdapter adapter)
    {
        foreach (var entry in dictionary)
        {
            var type = entry.GetType();
            if (!_pairs.TryGetValue(type, out var read))
            {
                read = (type.GetProperty("Key")!, type.GetProperty("Value")!);
                _pairs.Add(type, read);
            }

            yield return new KeyValuePair<string, object?>(Name(read.Key.GetValue(entry), adapter), read.Value.GetValue(entry));
        }
    }
}
