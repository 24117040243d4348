using System;
using System.Collections.Generic;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Items;

/// <summary>
/// Finds the key of what the server sends back, as the same bytes that <see cref="EncodedItem.Key"/> has: the server may spell a
/// number in another way than it was sent. One per table and thread; not thread safe.
/// </summary>
public sealed class KeyReader
{
    private readonly EncoderState _state = new();
    private readonly KeyEncoder _keys;
    private readonly AttributePlan _partition;
    private readonly AttributePlan? _sort;

    /// <summary>Creates a reader.</summary>
    /// <param name="schema">The table.</param>
    public KeyReader(TableSchema schema)
    {
        var plans = new AttributePlans(null, schema ?? throw new ArgumentNullException(nameof(schema)), new EncodingOptions());
        _partition = plans.Partition!;
        _sort = plans.Sort;
        _keys = new KeyEncoder(_state);
    }

    /// <summary>The key in attributes given as name, type and text (base64 for binary); others are passed over.</summary>
    /// <param name="attributes">At least the key's attributes.</param>
    /// <exception cref="ItemException">The key is not whole, or does not fit the schema.</exception>
    public byte[] Read(IEnumerable<(string Name, KeyType Type, string Text)> attributes)
    {
        object? partition = null, sort = null;
        foreach (var (name, type, text) in attributes ?? throw new ArgumentNullException(nameof(attributes)))
        {
            Take(name, type == KeyType.B ? Convert.FromBase64String(text) : text, ref partition, ref sort);
        }

        return Encode(partition, sort);
    }

    /// <summary>The key in an attribute map of the SDK.</summary>
    /// <param name="attributes">At least the key's attributes.</param>
    /// <exception cref="ItemException">The key is not whole, or does not fit the schema.</exception>
    public byte[] Read(IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        _ = attributes ?? throw new ArgumentNullException(nameof(attributes));
        return Encode(Scalar(attributes, _partition), _sort == null ? null : Scalar(attributes, _sort));
    }

    /// <summary>The key in an item's DynamoDB JSON.</summary>
    /// <param name="item">Such as <c>{"id":{"S":"a"},...}</c>; or only the key.</param>
    /// <exception cref="ItemException">The key is not whole, or does not fit the schema.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public byte[] Read(ReadOnlySpan<byte> item)
    {
        object? partition = null, sort = null;
        var reader = new Utf8JsonReader(item, new JsonReaderOptions { MaxDepth = 128 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPartition = reader.ValueTextEquals(_partition.Name);
            var isSort = _sort != null && reader.ValueTextEquals(_sort.Name);
            reader.Read();
            if (isPartition)
            {
                partition = KeyValue(ref reader);
            }
            else if (isSort)
            {
                sort = KeyValue(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return Encode(partition, sort);
    }

    private static object? KeyValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        var isBinary = reader.ValueTextEquals("B"u8);
        reader.Read();
        object? value = reader.TokenType != JsonTokenType.String ? null : isBinary ? reader.GetBytesFromBase64() : reader.GetString();
        while (reader.TokenType != JsonTokenType.EndObject && reader.Read())
        {
        }

        return value;
    }

    private static object? Scalar(IReadOnlyDictionary<string, AttributeValue> attributes, AttributePlan plan) =>
        attributes.TryGetValue(plan.Name, out var value) ? value.S ?? value.N ?? (object?)value.B : null;

    private void Take(string name, object value, ref object? partition, ref object? sort)
    {
        if (name == _partition.Name)
        {
            partition = value;
        }
        else if (name == _sort?.Name)
        {
            sort = value;
        }
    }

    private byte[] Encode(object? partition, object? sort)
    {
        _state.Json.Truncate(0);
        _state.Size.Reset();
        Write(_partition, partition);
        var middle = _state.Json.Length;
        if (_sort != null)
        {
            Write(_sort, sort);
        }

        var json = _state.Json.Written;
        var sortKey = _sort == null ? default : json.Slice(middle + 1);
        var key = new byte[KeyEncoder.ComposedLength(middle - 1, sortKey.Length)];
        KeyEncoder.Compose(json.Slice(1, middle - 1), sortKey, key);
        return key;
    }

    private void Write(AttributePlan plan, object? value)
    {
        _state.Path.Reset(plan.Name);
        if (value == null)
        {
            throw ItemFaults.Missing(plan, [], 0);
        }

        _state.Json.Raw(plan.Prefix);
        _keys.Write(plan, value);
    }
}
