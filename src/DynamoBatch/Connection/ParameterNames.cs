using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace DynamoBatch.Connection;

/// <summary>A command's parameters, by the names, aliases, beginnings and wildcards that may stand for them.</summary>
internal sealed class ParameterNames
{
    private readonly CommandInfo _command;

    public ParameterNames(CommandInfo command) => _command = command;

    /// <summary>The parameter that a name, an alias, or the beginning of a name means; null where none or several.</summary>
    public string? Resolve(string given)
    {
        bool Is(string name) => name.Equals(given, StringComparison.OrdinalIgnoreCase);
        bool Begins(string name) => name.StartsWith(given, StringComparison.OrdinalIgnoreCase);
        return Single(Is) ?? Single(Begins);
    }

    /// <summary>What a splatted hash table says.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Splatted(object? table)
    {
        object? target = table is PSObject wrapper ? wrapper.BaseObject : table;
        foreach (DictionaryEntry one in target as IDictionary ?? new Hashtable())
        {
            if (one.Key is string name && Resolve(name) is { } parameter)
            {
                yield return new KeyValuePair<string, object?>(parameter, one.Value);
            }
        }
    }

    /// <summary>What $PSDefaultParameterValues says: its keys are 'command:parameter', each with wildcards.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Defaults(IDictionary? defaults)
    {
        if (defaults is null || LanguagePrimitives.IsTrue(defaults["Disabled"]))
        {
            yield break;
        }

        foreach (DictionaryEntry one in defaults)
        {
            string[] parts = (one.Key as string ?? string.Empty).Split([':'], 2);
            if (parts.Length == 2 && Pattern(parts[0]).IsMatch(_command.Name) && Single(Pattern(parts[1]).IsMatch) is { } parameter)
            {
                yield return new KeyValuePair<string, object?>(parameter, one.Value);
            }
        }
    }

    private static WildcardPattern Pattern(string text) => new(text.Trim().Trim('\'', '"'), WildcardOptions.IgnoreCase);

    private string? Single(Func<string, bool> means)
    {
        string[] met = _command.Parameters.Values.Where(p => means(p.Name) || p.Aliases.Any(means)).Select(p => p.Name).ToArray();
        return met.Length == 1 ? met[0] : null;
    }
}
