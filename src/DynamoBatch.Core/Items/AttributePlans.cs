using System;
using System.Collections.Generic;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Items;

/// <summary>The plans of an encoder by attribute name. Bounded: a table whose items all have names of their own must not fill the memory.</summary>
internal sealed class AttributePlans
{
    private const int MaxKept = 4096;

    private readonly ItemEncoder? _owner;
    private readonly EncodingOptions _options;
    private readonly Dictionary<string, AttributePlan> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttributePlan> _passing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unmet;

    internal AttributePlans(ItemEncoder? owner, TableSchema? schema, EncodingOptions options)
    {
        _owner = owner;
        _options = options;
        _unmet = new HashSet<string>(options.AttributeTypes?.Keys ?? [], StringComparer.Ordinal);
        if (schema == null)
        {
            return;
        }

        foreach (var key in schema.IndexKeys)
        {
            _kept[key.Name] = Key(key, AttributeRole.IndexKey);
        }

        Partition = _kept[schema.PartitionKey.Name] = Key(schema.PartitionKey, AttributeRole.PartitionKey);
        if (schema.SortKey != null)
        {
            Sort = _kept[schema.SortKey.Name] = Key(schema.SortKey, AttributeRole.SortKey);
        }
    }

    internal AttributePlan? Partition { get; }

    internal AttributePlan? Sort { get; }

    /// <summary>Names that have a declared type, and that nothing has had so far.</summary>
    internal IReadOnlyCollection<string> Unmet => _unmet;

    /// <summary>All plans known now.</summary>
    internal IEnumerable<AttributePlan> All
    {
        get
        {
            foreach (var plan in _kept.Values)
            {
                yield return plan;
            }

            foreach (var plan in _passing.Values)
            {
                yield return plan;
            }
        }
    }

    /// <summary>The plan of an attribute.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ttlName">The TTL attribute, where text is warned about.</param>
    internal AttributePlan Get(string name, string? ttlName)
    {
        if (_kept.TryGetValue(name, out var plan) || _passing.TryGetValue(name, out plan))
        {
            return plan;
        }

        AttributeType? declared = _options.AttributeTypes != null && _options.AttributeTypes.TryGetValue(name, out var type) ? type : null;
        _unmet.Remove(name);
        plan = new AttributePlan(_owner, name) { DeclaredType = declared };
        plan.TakesPlainText = declared == null && !_options.InferType && plan.Problem == null && !string.Equals(name, ttlName, StringComparison.Ordinal);
        (_kept.Count < MaxKept ? _kept : _passing).Add(name, plan);
        return plan;
    }

    /// <summary>Forgets plans that were made for one item only.</summary>
    internal void NextItem()
    {
        if (_passing.Count > 0)
        {
            _passing.Clear();
        }
    }

    private AttributePlan Key(KeyAttribute key, AttributeRole role)
    {
        AttributeType? declared = _options.AttributeTypes != null && _options.AttributeTypes.TryGetValue(key.Name, out var type) ? type : null;
        _unmet.Remove(key.Name);
        return new AttributePlan(_owner, key.Name) { Role = role, KeyType = key.Type, DeclaredType = declared };
    }
}
