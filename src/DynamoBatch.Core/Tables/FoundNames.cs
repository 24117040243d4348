using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace DynamoBatch.Core.Tables;

/// <summary>Names that are being looked up: those found so far, and when the rest will be. Thread-safe.</summary>
public sealed class FoundNames
{
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly List<FoundName> _names = new();

    /// <summary>Ends when all names are found, or no more will be.</summary>
    public Task Completion { get; internal set; } = Task.CompletedTask;

    /// <summary>The names so far.</summary>
    public IReadOnlyList<FoundName> Snapshot()
    {
        lock (_names)
        {
            return _names.ToArray();
        }
    }

    /// <summary>Adds a name; the first of its kind stays.</summary>
    internal void Add(string name, string description, string? type = null)
    {
        lock (_names)
        {
            if (_met.Add(name))
            {
                _names.Add(new FoundName(name, description, type));
            }
        }
    }
}
