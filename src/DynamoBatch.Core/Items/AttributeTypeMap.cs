using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;

namespace DynamoBatch.Core.Items;

/// <summary>Reads the map that <c>-AttributeType</c> takes: attribute name to type name.</summary>
public static class AttributeTypeMap
{
    private static readonly AttributeType[] Types =
    [
        AttributeType.S, AttributeType.N, AttributeType.B, AttributeType.BOOL, AttributeType.NULL, AttributeType.SS, AttributeType.NS,
        AttributeType.BS, AttributeType.M, AttributeType.L, AttributeType.Epoch,
    ];

    /// <summary>Reads a type name; case does not matter.</summary>
    /// <param name="name">Such as <c>N</c> or <c>Epoch</c>.</param>
    /// <exception cref="ArgumentException">There is no such type; the message lists those there are.</exception>
    public static AttributeType ParseType(string? name)
    {
        foreach (var type in Types)
        {
            if (string.Equals(name, type.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        throw new ArgumentException($"'{name}' is not an attribute type. Valid types: {string.Join(", ", Types)}.");
    }

    /// <summary>Reads a whole map. Attribute names are case-sensitive and kept as written.</summary>
    /// <param name="types">Attribute names to type names.</param>
    /// <exception cref="ArgumentException">A type name is unknown, or a name is empty.</exception>
    public static IReadOnlyDictionary<string, AttributeType> Parse(IDictionary types)
    {
        var parsed = new Dictionary<string, AttributeType>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in types ?? throw new ArgumentNullException(nameof(types)))
        {
            var name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture);
            if (string.IsNullOrEmpty(name))
            {
                throw new ArgumentException("An attribute name in the map of attribute types is empty.");
            }

            parsed[name!] = ParseType(Convert.ToString(entry.Value, CultureInfo.InvariantCulture));
        }

        return parsed;
    }
}
