using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Conversion;

/// <summary>Encodes what comes down the pipeline: property bags, any other objects, dictionaries, and bare keys. One per table and runspace.</summary>
internal sealed class ObjectEncoder
{
    private readonly ItemEncoder _encoder;
    private readonly PSValueAdapter _adapter = new();
    private readonly AttributeSlots _slots;
    private readonly bool _keyOnly;
    private readonly bool _bareKeys;
    private readonly ValueShapes _shapes = new();
    private readonly MapKeys _keys = new();
    private readonly InstanceMembers? _members = InstanceMembers.TryCreate();

    /// <summary>Creates an encoder of objects.</summary>
    /// <param name="schema">The table; null for none.</param>
    /// <param name="options">How values are converted.</param>
    /// <param name="excludeProperty">Wildcards of properties to leave out; case does not matter.</param>
    /// <param name="routedBy">The property that names the table, which is not stored; null if there is none.</param>
    /// <param name="keyOnly">Whether only the key is wanted, as for a delete.</param>
    /// <param name="keepAttributes">Whether items tell where their attributes are, as for an update.</param>
    /// <param name="bareKeys">Whether a bare string or number is a key.</param>
    internal ObjectEncoder(
        TableSchema? schema,
        EncodingOptions options,
        IEnumerable<string>? excludeProperty = null,
        string? routedBy = null,
        bool keyOnly = false,
        bool keepAttributes = false,
        bool bareKeys = false)
    {
        _encoder = new ItemEncoder(schema, options, _adapter, keepAttributes);
        _slots = new AttributeSlots(_encoder, excludeProperty, routedBy);
        _keyOnly = keyOnly;
        _bareKeys = bareKeys || keyOnly;
    }

    /// <summary>Encodes one object.</summary>
    /// <param name="inputObject">Wrapped or not; not null.</param>
    /// <exception cref="ItemException">The object cannot be an item; the message says why.</exception>
    [MethodImpl(Jit.Hot)]
    internal EncodedItem Encode(object inputObject)
    {
        var value = PSValueAdapter.UnwrapObject(inputObject) ?? throw NoItem("is null");
        if (value is PSObject bag)
        {
            _encoder.Begin(_keyOnly);
            if (!TryAddOwnMembers(bag))
            {
                AddProperties(bag);
            }

            return _encoder.Finish();
        }

        if (IsBareKey(value))
        {
            // A put of only the key would take the place of the whole item that is there.
            return _bareKeys ? _encoder.EncodeBareKey(value) : throw NoItem(_encoder.Schema == null
                ? $"is one {value.GetType().FullName}"
                : "is only a key, and would replace the whole item of that key");
        }

        if (_encoder.Schema != null && ComparedItems.Advice(value) is { } advice)
        {
            throw new ItemException(FailureKind.KeyAttributeMissing, advice);
        }

        _encoder.Begin(_keyOnly);
        try
        {
            AddEntries(inputObject, value);
        }
        catch (Exception ex) when (ex is not ItemException && !_adapter.EndsRun(ex))
        {
            throw NoItem($"could not be read ({ex.Message})");
        }

        return _encoder.Finish();
    }

    /// <summary>Names in -AttributeType that no object has had so far.</summary>
    internal IReadOnlyCollection<string> UnmetTypes => _encoder.UnmetTypes;

    private static bool IsBareKey(object value) =>
        value is bool or byte[] || ScalarText.Of(value) != null || ScalarText.OfNumber(value) != null;

    private static ItemException NoItem(string problem) => new(
        FailureKind.ValueNotSupported, $"The input object {problem}, and is no item. Pipe objects or dictionaries that hold the item's attributes.");

    private static ItemException ArrayInOnePiece(object value) => new(
        FailureKind.ValueNotSupported, $"The input object is an array in one piece ({value.GetType().FullName}). Pipe it, so that each of its elements is an object of its own.");

    [MethodImpl(Jit.Hot)]
    private bool TryAddOwnMembers(PSObject bag)
    {
        if (_members == null)
        {
            return false;
        }

        var count = 0;
        var position = 0;
        foreach (var member in InstanceMembers.Of(bag))
        {
            if (member is not PSPropertyInfo property)
            {
                continue;
            }

            count++;
            if (!InstanceMembers.IsHidden(property) && property.IsGettable)
            {
                Add(property.Name, property, position++);
            }
        }

        if (count == _members.CountAll(bag))
        {
            return true;
        }

        _encoder.Begin(_keyOnly);
        return false;
    }

    private void AddProperties(PSObject value)
    {
        var position = 0;
        foreach (var property in value.Properties)
        {
            if (property.IsGettable)
            {
                Add(property.Name, property, position++);
            }
        }
    }

    [MethodImpl(Jit.Hot)]
    private void Add(string name, PSPropertyInfo property, int position)
    {
        if (_slots.At(name, position).Plan is { } plan)
        {
            _encoder.Add(plan, _adapter.Get(property));
        }
    }

    private void AddEntries(object inputObject, object value)
    {
        switch (_shapes.Of(value.GetType()))
        {
            case ValueShape.Dictionary:
                AddAll(MapKeys.Entries((IDictionary)value, _adapter));
                break;
            case ValueShape.Pairs:
                AddAll(_keys.Pairs((IEnumerable)value, _adapter));
                break;
            case ValueShape.Members when value is DataRow or DataRowView:
                AddAll(_adapter.GetMembers(inputObject)!);
                break;
            case ValueShape.Members:
                AddProperties(PSObject.AsPSObject(inputObject));
                break;
            default:
                throw value is IList ? ArrayInOnePiece(value) : NoItem($"is one {value.GetType().FullName}");
        }
    }

    private void AddAll(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var position = 0;
        foreach (var member in members)
        {
            if (_slots.At(member.Key, position++).Plan is { } plan)
            {
                _encoder.Add(plan, member.Value);
            }
        }
    }
}
