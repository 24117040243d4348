using System.Runtime.CompilerServices;
using System;

namespace DynamoBatch.Core.Items;

/// <summary>Writes an attribute of the item itself, where declared types, inference, empty text and the TTL attribute matter.</summary>
internal sealed class AttributeWriter
{
    private readonly EncoderState _state;
    private readonly ValueWriter _values;
    private readonly EncodingOptions _options;
    private readonly TtlAttribute _ttl;
    private readonly AttributePlans _plans;
    private readonly KeyEncoder _keys;
    private readonly DeclaredTypeWriter _declared;
    private readonly TextInference _inference;

    internal AttributeWriter(EncoderState state, ValueWriter values, EncodingOptions options, TtlAttribute ttl, AttributePlans plans)
    {
        _state = state;
        _values = values;
        _options = options;
        _ttl = ttl;
        _plans = plans;
        _keys = new KeyEncoder(state);
        var json = new JsonTextWriter(state);
        _declared = new DeclaredTypeWriter(state, values, json);
        _inference = new TextInference(state, json);
    }

    /// <summary>Writes name and value; or nothing, where empty text is left out.</summary>
    [MethodImpl(Jit.Hot)]
    internal void Write(AttributePlan plan, object? value)
    {
        if (plan.Problem != null)
        {
            throw _state.NotSupported(plan.Problem);
        }

        value = _values.Unwrap(value);
        if (value is string { Length: 0 } && _options.EmptyString == EmptyStringHandling.Omit && !plan.IsTableKey)
        {
            return;
        }

        _state.Json.Raw(plan.Prefix);
        _state.Size.AddBytes(plan.NameBytes);
        if (plan.Role != AttributeRole.Plain)
        {
            _keys.Write(plan, KeyValue(plan, _values.Resolve(value)));
        }
        else if (value is string text)
        {
            WriteText(plan, text);
        }
        else if (plan.DeclaredType is { } type)
        {
            _declared.WriteValue(value, type);
        }
        else if (EpochSeconds.TryGet(value, out var seconds) && IsTtl(plan))
        {
            _state.WriteNumber(seconds);
        }
        else
        {
            _values.Write(value);
        }
    }

    [MethodImpl(Jit.Hot)]
    private void WriteText(AttributePlan plan, string text)
    {
        if (text.Length == 0 && _options.EmptyString == EmptyStringHandling.Null)
        {
            _state.Null();
        }
        else if (plan.DeclaredType is { } type && type != AttributeType.S)
        {
            WriteDeclared(text, type);
        }
        else if (plan.DeclaredType != null || text.Length == 0 || !_options.InferType || !_inference.TryWrite(text))
        {
            _state.Text(text);
            plan.SawText = true;
            if (_ttl.Is(plan.Name))
            {
                _ttl.WarnOfText();
            }
        }
    }

    [MethodImpl(Jit.Hot)]
    private void WriteDeclared(string text, AttributeType type)
    {
        if (text.Length > 0)
        {
            _declared.WriteText(text, type);
        }
        else if (type == AttributeType.NULL)
        {
            _state.Null();
        }
        else
        {
            throw _declared.Empty(type);
        }
    }

    // A date has a number's form only where it was asked for, or is what the TTL attribute needs.
    [MethodImpl(Jit.Hot)]
    private object? KeyValue(AttributePlan plan, object? value)
    {
        if (plan.KeyType != Tables.KeyType.N)
        {
            return value;
        }

        if (plan.DeclaredType == AttributeType.Epoch && value is string text && EpochSeconds.TryParse(text, out var seconds))
        {
            return seconds;
        }

        return EpochSeconds.TryGet(value, out seconds) && (plan.DeclaredType == AttributeType.Epoch || IsTtl(plan)) ? seconds : value;
    }

    [MethodImpl(Jit.Hot)]
    private bool IsTtl(AttributePlan plan)
    {
        if (_ttl.Learn())
        {
            var ttl = _plans.Get(_ttl.Name!, _ttl.Name);
            ttl.TakesPlainText = false;
            if (ttl.SawText)
            {
                _ttl.WarnOfText();
            }
        }

        return _ttl.Is(plan.Name);
    }
}
