using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Core.Comparing;

/// <summary>The names of all top-level attributes that were met on either side. Thread-safe.</summary>
public sealed class AttributeNames
{
    /// <summary>Names that are kept at most.</summary>
    public const int Limit = 2000;

    private readonly HashSet<string> _names = new(System.StringComparer.Ordinal);

    /// <summary>Whether there were more than are kept.</summary>
    public bool IsCapped { get; private set; }

    /// <summary>The names so far, in ordinal order.</summary>
    public IReadOnlyList<string> ToList()
    {
        lock (_names)
        {
            return _names.OrderBy(name => name, System.StringComparer.Ordinal).ToList();
        }
    }

    internal void Add(string name)
    {
        lock (_names)
        {
            if (_names.Count < Limit)
            {
                _names.Add(name);
            }
            else if (!_names.Contains(name))
            {
                IsCapped = true;
            }
        }
    }
}
