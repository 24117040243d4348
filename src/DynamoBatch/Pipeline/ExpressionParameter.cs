using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Pipeline;

/// <summary>An expression of the user's with its placeholders, checked before anything is sent: DynamoDB would refuse every item for it.</summary>
internal sealed class ExpressionParameter
{
    private static readonly Regex Placeholder = new("[#:][A-Za-z0-9_]+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly string _parameter;

    /// <param name="parameter">The parameter's name, such as Condition; those of its placeholders end in Name and Value.</param>
    /// <param name="text">The expression; null where there is none.</param>
    /// <param name="names">What #placeholders stand for.</param>
    /// <param name="values">What :placeholders stand for.</param>
    /// <exception cref="ArgumentException">A placeholder is not explained, not used, or its value has no DynamoDB form.</exception>
    public ExpressionParameter(string parameter, string? text, IDictionary? names, IDictionary? values)
    {
        _parameter = parameter;
        if (text is null && (names ?? values) is not null)
        {
            throw new ArgumentException($"-{parameter}Name and -{parameter}Value explain the placeholders of -{parameter}; there is none.");
        }

        Names = Entries(names, "#").ToDictionary(e => e.Key, e => Convert.ToString(e.Value, CultureInfo.InvariantCulture) ?? string.Empty, StringComparer.Ordinal);
        Values = Entries(values, ":").ToDictionary(e => e.Key, e => Encode(e.Key, e.Value), StringComparer.Ordinal);
        var used = new HashSet<string>(Placeholder.Matches(text ?? string.Empty).Cast<Match>().Select(m => m.Value), StringComparer.Ordinal);
        foreach (string placeholder in used.Where(p => !Names.ContainsKey(p) && !Values.ContainsKey(p)))
        {
            string kind = placeholder[0] == '#' ? "Name" : "Value";
            throw new ArgumentException($"-{parameter} uses '{placeholder}', which -{parameter}{kind} does not explain. Give -{parameter}{kind} @{{ '{placeholder}' = ... }}.");
        }

        foreach (string placeholder in Names.Keys.Concat(Values.Keys).Where(p => !used.Contains(p)))
        {
            throw new ArgumentException($"'{placeholder}' is explained, but -{parameter} does not use it.");
        }
    }

    public IReadOnlyDictionary<string, string> Names { get; }

    public IReadOnlyDictionary<string, byte[]> Values { get; }

    private IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary? dictionary, string sign)
    {
        foreach (DictionaryEntry entry in dictionary ?? new Hashtable())
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty;
            if (!name.StartsWith(sign, StringComparison.Ordinal) || name.StartsWith(sign + "_", StringComparison.Ordinal))
            {
                throw new ArgumentException($"'{name}' is no placeholder for -{_parameter}: it starts with '{sign}' and then a letter or digit, such as '{sign}v'.");
            }

            yield return new KeyValuePair<string, object?>(name, entry.Value);
        }
    }

    private byte[] Encode(string name, object? value)
    {
        try
        {
            return new SingleValueEncoder(new PSValueAdapter()).Encode(name, value);
        }
        catch (DdbException exception)
        {
            throw new ArgumentException($"-{_parameter}Value: {exception.Message}", exception);
        }
    }
}
