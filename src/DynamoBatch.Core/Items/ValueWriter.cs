using System;
using System.Collections;
using System.Collections.Generic;

namespace DynamoBatch.Core.Items;

/// <summary>Writes any value as DynamoDB JSON, choosing the type by the value.</summary>
internal sealed class ValueWriter
{
    private readonly EncoderState _state;
    private readonly IValueAdapter _adapter;
    private readonly ValueShapes _shapes = new();
    private readonly SetWriter _sets;
    private readonly ForeignAttributeValue _foreign;
    private readonly MapKeys _keys = new();
    private readonly List<object> _open = [];

    internal ValueWriter(EncoderState state, IValueAdapter adapter)
    {
        _state = state;
        _adapter = adapter;
        _sets = new SetWriter(state, adapter);
        _foreign = new ForeignAttributeValue(state, this);
    }

    internal SetWriter Sets => _sets;

    /// <summary>Forgets a value that was left half-way.</summary>
    internal void Reset() => _open.Clear();

    /// <summary>Takes the host's wrapper off.</summary>
    internal object? Unwrap(object? value) => _adapter.Unwrap(value);

    /// <summary>Reads an AWS AttributeValue as the plain value that it holds; anything else stays as it is.</summary>
    internal object? Resolve(object? value)
    {
        value = _adapter.Unwrap(value);
        return value != null && _shapes.Of(value.GetType()) == ValueShape.AttributeValue ? _foreign.Scalar(value) : value;
    }

    /// <summary>The elements of a list or set, to be stored as a set. PowerShell unrolls a list of one, so a scalar is a set of one.</summary>
    internal bool TryGetElements(object value, out IEnumerable elements)
    {
        if (ScalarText.Of(value) != null || ScalarText.OfNumber(value) != null || ScalarBinary.TryGet(value, out _))
        {
            elements = new[] { value };
            return true;
        }

        elements = value as IEnumerable ?? Array.Empty<object>();
        return _shapes.Of(value.GetType()) is ValueShape.Sequence or ValueShape.Set;
    }

    /// <summary>Writes a value.</summary>
    /// <param name="value">Wrapped or not.</param>
    /// <returns>The type it was written as.</returns>
    internal AttributeType Write(object? value)
    {
        value = _adapter.Unwrap(value);
        switch (value)
        {
            case null or DBNull:
                _state.Null();
                return AttributeType.NULL;
            case bool flag:
                _state.Boolean(flag);
                return AttributeType.BOOL;
            case UnreadableMember unreadable:
                throw _state.NotSupported($"could not be read: {unreadable.Cause.Message} Leave it out with -ExcludeProperty.");
        }

        if (ScalarText.Of(value) is { } text)
        {
            _state.Text(text);
            return AttributeType.S;
        }

        if (_state.Number.TryTake(value, out var status))
        {
            if (status != NumberStatus.Valid)
            {
                throw _state.BadNumber(status);
            }

            _state.WriteNumber();
            return AttributeType.N;
        }

        if (ScalarBinary.TryGet(value, out var bytes))
        {
            _state.Binary(bytes.Span);
            return AttributeType.B;
        }

        return WriteByShape(value);
    }

    /// <summary>Writes <c>{"L":[...]}</c>.</summary>
    internal AttributeType WriteList(IEnumerable elements)
    {
        Open(elements);
        _state.Json.Raw("{\"L\":["u8);
        var index = 0;
        foreach (var element in elements)
        {
            if (index > 0)
            {
                _state.Json.Raw(","u8);
            }

            _state.Size.AddElement();
            Write(element);
            _state.Path.MoveTo(++index); // Reading the next element may throw, too.
        }

        _state.Json.Raw("]}"u8);
        Close();
        return AttributeType.L;
    }

    /// <summary>Writes <c>{"M":{...}}</c>.</summary>
    internal AttributeType WriteMap(object owner, IEnumerable<KeyValuePair<string, object?>> members, bool namesMayCollide)
    {
        Open(owner);
        _state.Json.Raw("{\"M\":{"u8);
        var names = namesMayCollide ? new HashSet<string>(StringComparer.Ordinal) : null;
        var first = true;
        foreach (var member in members)
        {
            _state.Path.MoveTo(member.Key);
            if (names?.Add(member.Key) == false)
            {
                throw _state.NotSupported("is there twice: two keys of the dictionary have the same text. Rename one of them.");
            }

            if (!first)
            {
                _state.Json.Raw(","u8);
            }

            first = false;
            _state.Size.AddElement();
            _state.Name(member.Key);
            Write(member.Value);
        }

        _state.Json.Raw("}}"u8);
        Close();
        return AttributeType.M;
    }

    private AttributeType WriteByShape(object value)
    {
        switch (_shapes.Of(value.GetType()))
        {
            case ValueShape.AttributeValue:
                return _foreign.Write(value);
            case ValueShape.Dictionary:
                return WriteMap(value, MapKeys.Entries((IDictionary)value, _adapter), namesMayCollide: true);
            case ValueShape.Pairs:
                return WriteMap(value, _keys.Pairs((IEnumerable)value, _adapter), namesMayCollide: true);
            case ValueShape.Set:
                return _sets.Write((IEnumerable)value);
            case ValueShape.Sequence:
                return WriteList((IEnumerable)value);
            case ValueShape.Unsupported:
                throw NoForm(value, "");
        }

        var members = _adapter.GetMembers(value) ?? throw NoForm(value, " (it has no readable properties)");
        return WriteMap(value, members, namesMayCollide: false);
    }

    private ItemException NoForm(object value, string why) => _state.NotSupported(
        $"is a {value.GetType().FullName}, which has no DynamoDB form{why}. Leave it out with -ExcludeProperty, or convert it to text, a number or a plain object.");

    private void Open(object container)
    {
        foreach (var outer in _open)
        {
            if (ReferenceEquals(outer, container))
            {
                throw _state.NotSupported("holds an object that contains itself. Leave it out with -ExcludeProperty.");
            }
        }

        if (_open.Count == ItemLimits.NestingLevels)
        {
            throw _state.NotSupported("is nested deeper than 32 levels, DynamoDB's limit. Flatten it, or store it as JSON text.");
        }

        _open.Add(container);
        _state.Path.Enter();
        _state.Size.AddContainer();
        _state.CheckSize();
    }

    private void Close()
    {
        _open.RemoveAt(_open.Count - 1);
        _state.Path.Leave();
    }
}
