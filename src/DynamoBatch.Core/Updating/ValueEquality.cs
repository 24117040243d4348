using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System;
using System.Text.Json;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Updating;

/// <summary>Whether two values are the same to DynamoDB: the spelling of numbers, and the order in sets and maps, make no difference.</summary>
internal static class ValueEquality
{
    /// <summary>Compares two values such as <c>{"S":"a"}</c>.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.SequenceEqual(right) || AreEqual(Read(left), Read(right));

    /// <summary>Compares what <see cref="AttributeReader"/> reads.</summary>
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (OrderedDictionary a, OrderedDictionary b) => AreEqual(a, b),
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b, AreEqual).All(same => same),
        (HashSet<string> a, HashSet<string> b) => a.SetEquals(b),
        (HashSet<NumberText> a, HashSet<NumberText> b) => a.SetEquals(b),
        (HashSet<byte[]> a, HashSet<byte[]> b) => a.SetEquals(b),
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        _ => Equals(left, right),
    };

    private static bool AreEqual(OrderedDictionary left, OrderedDictionary right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (string name in left.Keys)
        {
            if (!right.Contains(name) || !AreEqual(left[name], right[name]))
            {
                return false;
            }
        }

        return true;
    }

    private static object? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 128 });
        reader.Read();
        return AttributeReader.Read(ref reader);
    }
}
