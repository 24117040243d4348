using System.Runtime.CompilerServices;
using System;
using System.Collections.Generic;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Items;

/// <summary>
/// Turns attributes into an <see cref="EncodedItem"/>: <see cref="Begin"/>, <see cref="Add"/> for each attribute, <see cref="Finish"/>.
/// One per table and thread, used for every item; not thread safe. What is wrong with an item is told by Finish, which then
/// knows the whole key, wherever among the attributes it stood.
/// </summary>
public sealed class ItemEncoder
{
    private readonly EncodingOptions _options;
    private readonly IValueAdapter _adapter;
    private readonly EncoderState _state = new();
    private readonly ValueWriter _values;
    private readonly AttributePlans _plans;
    private readonly TtlAttribute _ttl;
    private readonly AttributeWriter _attributes;
    private readonly KeyRanges _key;
    private readonly List<EncodedAttribute>? _kept;
    private ItemException? _failure;
    private long _stamp;
    private bool _begun;
    private bool _keyOnly;
    private bool _takesText;

    /// <summary>Creates an encoder.</summary>
    /// <param name="schema">The table; null where items are for no table in particular, and have no key that is known.</param>
    /// <param name="options">How values are converted; null for the defaults.</param>
    /// <param name="adapter">How objects are seen; null for plain .NET objects.</param>
    /// <param name="keepAttributes">Whether items tell where their attributes are, as an update needs.</param>
    public ItemEncoder(TableSchema? schema, EncodingOptions? options = null, IValueAdapter? adapter = null, bool keepAttributes = false)
    {
        Schema = schema;
        _options = options ?? new EncodingOptions();
        _adapter = adapter ?? new ClrValueAdapter();
        _values = new ValueWriter(_state, _adapter);
        _key = new KeyRanges(_state.Json);
        _plans = new AttributePlans(this, schema, _options);
        _ttl = new TtlAttribute(_options.TtlAttribute, _options.Warn);
        _attributes = new AttributeWriter(_state, _values, _options, _ttl, _plans);
        _kept = keepAttributes ? [] : null;
    }

    /// <summary>The table that items are encoded for; null where there is none.</summary>
    public TableSchema? Schema { get; }

    /// <summary>What is known of an attribute by its name. Keep it for the next item with that attribute.</summary>
    /// <param name="name">The attribute's name; case matters.</param>
    [MethodImpl(Jit.Hot)]
    public AttributePlan Plan(string name) => _plans.Get(name ?? throw new ArgumentNullException(nameof(name)), _ttl.Name);

    /// <summary>Names that have a declared type, and that nothing has had so far.</summary>
    public IReadOnlyCollection<string> UnmetTypes => _plans.Unmet;

    /// <summary>Starts an item, whatever became of the one before.</summary>
    /// <param name="keyOnly">Whether only the key is wanted, as for a delete: other attributes are then passed over unread.</param>
    [MethodImpl(Jit.Hot)]
    public void Begin(bool keyOnly = false)
    {
        _plans.NextItem();
        _values.Reset();
        _state.Json.Truncate(0);
        _state.Size.Reset();
        _key.Reset();
        _kept?.Clear();
        _failure = null;
        _stamp++;
        _begun = true;
        _keyOnly = keyOnly;
        _takesText = !keyOnly;
    }

    /// <summary>Adds an attribute. Nothing is thrown for a bad value: <see cref="Finish"/> does that.</summary>
    /// <param name="plan">From <see cref="Plan"/> of this encoder.</param>
    /// <param name="value">Any value, wrapped or not.</param>
    [MethodImpl(Jit.Hot)]
    public void Add(AttributePlan plan, object? value)
    {
        // The path of nearly every CSV cell: text into an attribute with nothing special about it.
        if (value is string { Length: > 0 } text && plan.TakesPlainText && _takesText &&
            plan.Stamp != _stamp && ReferenceEquals(plan.Owner, this) && !_state.Size.WouldExceed(text.Length))
        {
            var json = _state.Json;
            var start = json.Length;
            json.Raw(plan.TextPrefix);
            var bytes = json.Text(text.AsSpan());
            if (bytes >= 0)
            {
                json.Raw("\"}"u8);
                _state.Size.AddBytes(plan.NameBytes + bytes);
                plan.Stamp = _stamp;
                plan.SawText = true;
                Keep(plan, start);
                return;
            }

            json.Truncate(start);
        }

        AddAny(plan, value);
    }

    /// <summary>Ends the item.</summary>
    /// <exception cref="ItemException">The item cannot be encoded; the first reason met, and the key as far as it could be read.</exception>
    [MethodImpl(Jit.Hot)]
    public EncodedItem Finish()
    {
        if (!_begun)
        {
            throw new InvalidOperationException("Begin an item first.");
        }

        _begun = false;
        _takesText = false;
        var failure = _failure ?? FindMissingKey() ?? (!_keyOnly && _state.Size.IsOver
            ? new ItemException(FailureKind.ItemTooLarge, $"is over {ItemLimits.Describe(_state.Size.LowerBound)}. {ItemLimits.Remedy}")
            : null);
        if (failure != null)
        {
            throw Schema == null ? failure : ItemFaults.WithKey(failure, _key.ToText());
        }

        var json = _state.Json.Written;
        var keyLength = Schema == null ? 0 : _key.Length;
        var itemLength = _keyOnly ? keyLength : Math.Max(json.Length + 1, 2); // Without a table an item may be empty.
#if NET8_0_OR_GREATER
        var buffer = GC.AllocateUninitializedArray<byte>(itemLength + keyLength);
#else
        var buffer = new byte[itemLength + keyLength];
#endif
        if (_keyOnly)
        {
            _key.Compose(buffer);
        }
        else
        {
            json.CopyTo(buffer);
            buffer[0] = (byte)'{'; // Every attribute starts with a comma, the first one too.
            buffer[itemLength - 1] = (byte)'}';
        }

        if (keyLength > 0)
        {
            _key.Compose(buffer.AsSpan(itemLength));
        }

        return new EncodedItem(buffer, itemLength, _state.Size.Total, _state.Size.Slack, _kept?.ToArray());
    }

    /// <summary>Encodes a bare value as the key of a table whose key is one attribute.</summary>
    /// <param name="value">The key's value.</param>
    /// <exception cref="ItemException">The table's key has two attributes, or the value does not fit it.</exception>
    public EncodedItem EncodeBareKey(object value)
    {
        Begin(keyOnly: true);
        Add(_plans.Partition ?? throw new InvalidOperationException("Without a table there is no key."), value);
        return Finish();
    }

    [MethodImpl(Jit.Hot)]
    private void AddAny(AttributePlan plan, object? value)
    {
        if (!_begun)
        {
            throw new InvalidOperationException("Begin an item first.");
        }

        if (!ReferenceEquals(plan.Owner, this))
        {
            throw new ArgumentException("The plan belongs to another encoder.", nameof(plan));
        }

        var again = plan.Stamp == _stamp;
        plan.Stamp = _stamp;
        if (!plan.IsTableKey && !_takesText)
        {
            return; // Only the key matters any more.
        }

        var start = _state.Json.Length;
        var (total, slack) = (_state.Size.Total, _state.Size.Slack);
        try
        {
            _state.Path.Reset(plan.Name);
            if (again)
            {
                throw _state.NotSupported("is there twice. Names are equal only if their case is; rename one, or leave one out.");
            }

            if (plan.IsTableKey)
            {
                // Of an item that is too large the key is still wanted: counted apart.
                _state.Size.Reset();
                _attributes.Write(plan, value);
                _state.Size.Reset(total + _state.Size.Total, slack + _state.Size.Slack);
                _key.Add(plan, start);
                return;
            }

            _attributes.Write(plan, value);
            Keep(plan, start);
            return;
        }
        catch (ItemException ex)
        {
            Fail(ex);
        }
        catch (Exception ex) when (!_adapter.EndsRun(ex) && !_ttl.HasFailed)
        {
            // A getter or an enumerator of the caller's own.
            Fail(_state.NotSupported($"could not be read: {ex.Message}"));
        }

        _state.Json.Truncate(start);
        _state.Size.Reset(total, slack);
        _values.Reset();
    }

    [MethodImpl(Jit.Hot)]
    private void Keep(AttributePlan plan, int start)
    {
        // Nothing was written where empty text is left out.
        if (_kept is not null && _state.Json.Length > start)
        {
            int value = start + plan.Prefix.Length;
            _kept.Add(new EncodedAttribute(plan, value, _state.Json.Length - value));
        }
    }

    [MethodImpl(Jit.Hot)]
    private void Fail(ItemException failure)
    {
        _failure ??= failure;
        _takesText = false;
    }

    [MethodImpl(Jit.Hot)]
    private ItemException? FindMissingKey()
    {
        var missing = _plans.Partition is { } partition && partition.Stamp != _stamp ? partition : _plans.Sort is { } sort && sort.Stamp != _stamp ? sort : null;
        return missing == null ? null : ItemFaults.Missing(missing, _plans.All, _stamp);
    }
}
