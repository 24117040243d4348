using System;
using System.Collections.Generic;
using System.Text;

namespace DynamoBatch.Core.Items;

/// <summary>
/// The names of a map as far as they were read, one step for each name. Items of a table mostly have the same names in the same
/// order: such a step is found again by comparing bytes, and what is known of its names is known already.
/// </summary>
internal sealed class MapShape
{
    private HashSet<string>? _seen;
    private MapShape? _last;
    private Dictionary<string, MapShape>? _others;
    private string[]? _names;

    private MapShape(MapShape? parent, string name)
    {
        Parent = parent;
        Name = name;
        Utf8 = Encoding.UTF8.GetBytes(name);
        Count = parent == null ? 0 : parent.Count + 1;
    }

    /// <summary>The names before the last one; null where there is none.</summary>
    internal MapShape? Parent { get; }

    /// <summary>The last name.</summary>
    internal string Name { get; }

    /// <summary>How many names there are.</summary>
    internal int Count { get; }

    /// <summary>Whether no name is empty or reserved, and no two are equal when case is ignored.</summary>
    internal bool IsPlain { get; private set; } = true;

    internal byte[] Utf8 { get; }

    /// <summary>The step that was last taken from here, which the next map most likely takes too.</summary>
    internal MapShape? Last => _last;

    /// <summary>All names in order. Not to be changed.</summary>
    internal string[] Names
    {
        get
        {
            if (_names == null)
            {
                _names = new string[Count];
                for (var step = this; step.Parent != null; step = step.Parent)
                {
                    _names[step.Count - 1] = step.Name;
                }
            }

            return _names;
        }
    }

    internal static MapShape Empty() => new(null, string.Empty) { _seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) };

    /// <summary>The step with one name more.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isReserved">Whether a name is not plain.</param>
    /// <param name="isNew">Whether the step was never taken before.</param>
    internal MapShape With(string name, Func<string, bool> isReserved, out bool isNew)
    {
        isNew = false;
        if (_others == null || !_others.TryGetValue(name, out var next))
        {
            if (_last != null && string.Equals(_last.Name, name, StringComparison.Ordinal))
            {
                return _last;
            }

            isNew = true;
            next = new MapShape(this, name);
            var seen = TakeSeen();
            next.IsPlain = seen.Add(name) && IsPlain && name.Length > 0 && !isReserved(name);
            next._seen = seen;
            if (_last != null)
            {
                _others ??= new Dictionary<string, MapShape>(StringComparer.Ordinal) { [_last.Name] = _last };
                _others.Add(name, next);
            }
        }

        _last = next;
        return next;
    }

    // The first step from here takes the set over, so that a map of ten thousand names makes one set.
    private HashSet<string> TakeSeen()
    {
        var seen = _seen ?? new HashSet<string>(Names, StringComparer.OrdinalIgnoreCase);
        _seen = null;
        return seen;
    }
}
