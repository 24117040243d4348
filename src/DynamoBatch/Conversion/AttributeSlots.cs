using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Conversion;

/// <summary>Decides which properties become attributes; once for each name, and remembers in which order they came last.</summary>
internal sealed class AttributeSlots
{
    // Objects whose names never repeat must not fill the memory.
    private const int MaxKept = 4096;

    private readonly ItemEncoder _encoder;
    private readonly WildcardPattern[] _excluded;
    private readonly string? _routedBy;
    private readonly Dictionary<string, AttributeSlot> _byName = new(StringComparer.Ordinal);
    private AttributeSlot[] _byPosition = [];

    internal AttributeSlots(ItemEncoder encoder, IEnumerable<string>? excludeProperty, string? routedBy)
    {
        _encoder = encoder;
        _excluded = (excludeProperty ?? []).Select(p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase)).ToArray();
        _routedBy = routedBy;
    }

    /// <summary>The slot of a property.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="position">Where it stands among the object's properties. The rows of a file all have the same order.</param>
    [MethodImpl(Jit.Hot)]
    internal AttributeSlot At(string name, int position)
    {
        if (position < _byPosition.Length && ReferenceEquals(_byPosition[position].Name, name))
        {
            return _byPosition[position];
        }

        if (!_byName.TryGetValue(name, out var slot))
        {
            slot = new AttributeSlot(name, IsLeftOut(name) ? null : _encoder.Plan(name));
            if (_byName.Count == MaxKept)
            {
                _byName.Clear();
                _byPosition = [];
            }

            _byName.Add(name, slot);
        }

        Remember(name, slot, position);
        return slot;
    }

    private void Remember(string name, AttributeSlot slot, int position)
    {
        if (position >= MaxKept)
        {
            return;
        }

        if (position == _byPosition.Length)
        {
            Array.Resize(ref _byPosition, position + 1);
        }

        if (position < _byPosition.Length)
        {
            // The row's own string, so that the next row's (the same one) is found by reference.
            _byPosition[position] = ReferenceEquals(slot.Name, name) ? slot : slot with { Name = name };
        }
    }

    private bool IsLeftOut(string name) =>
        string.Equals(name, _routedBy, StringComparison.OrdinalIgnoreCase) || Array.Exists(_excluded, e => e.IsMatch(name));
}
