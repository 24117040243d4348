using System;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;

namespace DynamoBatch.Core.Items;

/// <summary>
/// Reads an AWS SDK AttributeValue by shape. It may come from another load context or another major version of the SDK (a module
/// that the user loaded), where a cast would fail. In version 4 absent collections are null, in version 3 they are empty and
/// Is...Set tells.
/// </summary>
internal sealed class ForeignAttributeValue
{
    internal const string TypeName = "Amazon.DynamoDBv2.Model.AttributeValue";

    private static readonly AttributeType[] Types =
    [
        AttributeType.S, AttributeType.N, AttributeType.B, AttributeType.BOOL, AttributeType.NULL, AttributeType.M, AttributeType.L,
        AttributeType.SS, AttributeType.NS, AttributeType.BS,
    ];

    private readonly EncoderState _state;
    private readonly ValueWriter _values;
    private readonly Dictionary<Type, Dictionary<string, PropertyInfo>> _properties = [];

    internal ForeignAttributeValue(EncoderState state, ValueWriter values)
    {
        _state = state;
        _values = values;
    }

    /// <summary>What a scalar AttributeValue holds, as text, <see cref="NumberText"/>, bytes, bool or null; another one as it is.</summary>
    internal object? Scalar(object value)
    {
        var (type, content) = Read(value);
        return type switch
        {
            AttributeType.N => NumberText.TryParse((string)content, out var number) is var status && status == NumberStatus.Valid
                ? number
                : throw _state.BadNumber(status),
            AttributeType.NULL => null,
            AttributeType.S or AttributeType.B or AttributeType.BOOL => content,
            _ => value,
        };
    }

    /// <summary>Writes it with the type it says.</summary>
    internal AttributeType Write(object value)
    {
        var (type, content) = Read(value);
        switch (type)
        {
            case AttributeType.N:
                var status = _state.Number.Read(((string)content).AsSpan());
                if (status != NumberStatus.Valid)
                {
                    throw _state.BadNumber(status);
                }

                _state.WriteNumber();
                return type;
            case AttributeType.NULL:
                return _values.Write(null);
            case AttributeType.SS or AttributeType.NS or AttributeType.BS:
                return _values.Sets.Write((IEnumerable)content, type);
            default:
                return _values.Write(content);
        }
    }

    private (AttributeType Type, object Content) Read(object value)
    {
        var properties = PropertiesOf(value.GetType());
        (AttributeType, object)? found = null;
        foreach (var type in Types)
        {
            var content = Content(properties, type, value);
            if (content == null)
            {
                continue;
            }

            if (found != null)
            {
                throw _state.NotSupported("is an AttributeValue that holds more than one type. Set exactly one.");
            }

            found = (type, content);
        }

        return found ?? throw _state.NotSupported("is an AttributeValue that holds nothing. Set exactly one type.");
    }

    private static object? Content(Dictionary<string, PropertyInfo> properties, AttributeType type, object value)
    {
        if (!properties.TryGetValue(type.ToString(), out var property) ||
            (properties.TryGetValue($"Is{type}Set", out var isSet) && isSet.GetValue(value) is not true))
        {
            return null;
        }

        var content = property.GetValue(value);
        return type switch
        {
            AttributeType.NULL => content is true ? content : null,
            AttributeType.SS or AttributeType.NS or AttributeType.BS => content is ICollection { Count: > 0 } ? content : null,
            _ => content,
        };
    }

    private Dictionary<string, PropertyInfo> PropertiesOf(Type type)
    {
        if (!_properties.TryGetValue(type, out var properties))
        {
            properties = new Dictionary<string, PropertyInfo>(StringComparer.Ordinal);
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                properties[property.Name] = property;
            }

            _properties.Add(type, properties);
        }

        return properties;
    }
}
