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

    /// <summary>What to say of names that were given and never met: a name with a slip in it would pass for an attribute in which nothing differs.</summary>
    public string? Unmet(IReadOnlyCollection<string>? given)
    {
        lock (_names)
        {
            string[] unmet = given is null || _names.Count == 0 || IsCapped ? [] : given.Where(name => !_names.Contains(name)).ToArray();
            return unmet.Length == 0 ? null : $"-Property names '{string.Join("', '", unmet)}', which no item that was compared has. Case matters in names.";
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
