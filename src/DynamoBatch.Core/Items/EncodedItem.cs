using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Items;

/// <summary>
/// An item, encoded once: DynamoDB JSON as UTF-8, with its key and its size. These bytes are what is sent, repeated,
/// filed and compared; nothing encodes an item a second time.
/// </summary>
public sealed class EncodedItem
{
    private readonly byte[] _buffer;
    private readonly int _itemLength;
    private readonly int _sizeSlack;
    private readonly EncodedAttribute[]? _attributes;

    /// <summary>Wraps encoded bytes.</summary>
    /// <param name="buffer">The item's JSON, then its canonical key's JSON; owned by this item from now on.</param>
    /// <param name="itemLength">How many bytes of it are the item.</param>
    /// <param name="size">Bytes as DynamoDB counts them.</param>
    /// <param name="sizeSlack">By how much <paramref name="size"/> may be too high: the service's size of a number is documented as approximate.</param>
    /// <param name="attributes">Where the attributes that are not key are, where that was asked for.</param>
    public EncodedItem(byte[] buffer, int itemLength, int size, int sizeSlack, EncodedAttribute[]? attributes = null)
    {
        _buffer = buffer;
        _itemLength = itemLength;
        Size = size;
        _sizeSlack = sizeSlack;
        _attributes = attributes;
    }

    /// <summary>The item as DynamoDB JSON: <c>{"id":{"S":"a"},"n":{"N":"1"}}</c>. For a delete this is the key.</summary>
    public ReadOnlyMemory<byte> Json => new(_buffer, 0, _itemLength);

    /// <summary>
    /// The key as canonical DynamoDB JSON: partition key first, numbers in one spelling. Two writes address the same item
    /// exactly when these bytes are equal. Empty where the item was encoded for no table.
    /// </summary>
    public ReadOnlyMemory<byte> Key => new(_buffer, _itemLength, _buffer.Length - _itemLength);

    /// <summary>The attributes that are not the table's key, in order; empty where nobody asked to keep them.</summary>
    public IReadOnlyList<EncodedAttribute> Attributes => _attributes ?? [];

    /// <summary>The same, for what runs for each item.</summary>
    internal ReadOnlySpan<EncodedAttribute> AttributeSpan => _attributes;

    /// <summary>Bytes as DynamoDB counts them; estimates where the service's own count is approximate.</summary>
    public int Size { get; }

    /// <summary>A lower bound of the size. Only an item whose lower bound is over the limit is refused before sending.</summary>
    public int MinimumSize => Size - _sizeSlack;

    /// <summary>The value of one of <see cref="Attributes"/>, such as <c>{"S":"a"}</c>.</summary>
    /// <param name="attribute">Which.</param>
    public ReadOnlyMemory<byte> ValueOf(EncodedAttribute attribute) => new(_buffer, attribute.Start, attribute.Length);
}
