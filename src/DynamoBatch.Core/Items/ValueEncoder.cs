using System;

namespace DynamoBatch.Core.Items;

/// <summary>Encodes single values, such as those of an expression.</summary>
public sealed class ValueEncoder
{
    private readonly EncoderState _state = new();
    private readonly ValueWriter _values;

    /// <summary>Creates an encoder.</summary>
    /// <param name="adapter">How objects are seen; null for plain .NET objects.</param>
    public ValueEncoder(IValueAdapter? adapter = null) => _values = new ValueWriter(_state, adapter ?? new ClrValueAdapter());

    /// <summary>A value as DynamoDB JSON, such as <c>{"N":"3"}</c>.</summary>
    /// <param name="name">What it is called in an error.</param>
    /// <param name="value">Any value, wrapped or not.</param>
    /// <exception cref="ItemException">The value has no DynamoDB form.</exception>
    public byte[] Encode(string name, object? value)
    {
        _state.Json.Truncate(0);
        _state.Size.Reset();
        _state.Path.Reset(name ?? throw new ArgumentNullException(nameof(name)));
        _values.Reset();
        _values.Write(value);
        return _state.Json.Written.ToArray();
    }
}
