using System;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Items;

/// <summary>Encodes single values: of keys, in the type that the schema says, and of expressions, in the type that the value says.</summary>
public sealed class SingleValueEncoder
{
    private readonly EncoderState _state = new();
    private readonly KeyEncoder _keys;
    private readonly ValueWriter _values;

    /// <summary>Creates an encoder.</summary>
    /// <param name="adapter">How objects are seen; null for plain .NET objects.</param>
    public SingleValueEncoder(IValueAdapter? adapter = null)
    {
        _keys = new KeyEncoder(_state);
        _values = new ValueWriter(_state, adapter ?? new ClrValueAdapter());
    }

    /// <summary>Encodes the value of a key attribute, such as <c>{"N":"42"}</c>.</summary>
    /// <param name="key">The attribute.</param>
    /// <param name="isSortKey">Whether it is the sort key.</param>
    /// <param name="value">Its value, wrapped or not.</param>
    /// <exception cref="ItemException">The key cannot have such a value.</exception>
    public byte[] Encode(KeyAttribute key, bool isSortKey, object? value)
    {
        _ = key ?? throw new ArgumentNullException(nameof(key));
        var plan = new AttributePlan(null, key.Name)
        {
            Role = isSortKey ? AttributeRole.SortKey : AttributeRole.PartitionKey,
            KeyType = key.Type,
        };
        Begin(key.Name);
        _keys.Write(plan, _values.Resolve(value));
        return _state.Json.Written.ToArray();
    }

    /// <summary>Encodes any value.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="value">The value, wrapped or not.</param>
    /// <exception cref="ItemException">It has no DynamoDB form.</exception>
    public byte[] Encode(string name, object? value)
    {
        Begin(name);
        _values.Write(value);
        return _state.Json.Written.ToArray();
    }

    private void Begin(string name)
    {
        _state.Json.Truncate(0);
        _state.Size.Reset();
        _state.Path.Reset(name);
        _values.Reset();
    }
}
