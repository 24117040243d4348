using System;
using System.Collections.Generic;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Comparing;

/// <summary>
/// One of the two tables of a comparison, or a part of it. A part is always one of keys: whether an item belongs to it never
/// changes, so both sides agree on it.
/// </summary>
public sealed class ComparisonSide
{
    private readonly KeyCondition? _partition;
    private readonly byte[]? _prefix;

    private ComparisonSide(TableSchema schema, KeyCondition? partition, byte[]? prefix, bool consistent)
    {
        ConsistentRead = consistent;
        Schema = schema ?? throw new ArgumentNullException(nameof(schema));
        _partition = partition;
        _prefix = prefix;
    }

    /// <summary>The table.</summary>
    public TableSchema Schema { get; }

    /// <summary>Whether the scan sees all writes acknowledged before; costs twice the units. Lookups always do.</summary>
    public bool ConsistentRead { get; }

    /// <summary>How it is named in messages.</summary>
    public string Name => $"table '{Schema.TableName}'";

    /// <summary>A whole table.</summary>
    /// <param name="schema">The table.</param>
    /// <param name="consistent">See <see cref="ConsistentRead"/>.</param>
    public static ComparisonSide OfTable(TableSchema schema, bool consistent = false) => new(schema, null, null, consistent);

    /// <summary>The items of one partition key.</summary>
    /// <param name="schema">The table.</param>
    /// <param name="value">The partition key's value, wrapped or not.</param>
    /// <param name="adapter">How objects are seen; null for plain .NET objects.</param>
    /// <param name="consistent">See <see cref="ConsistentRead"/>.</param>
    /// <exception cref="DdbException">The value is none of such a key.</exception>
    public static ComparisonSide OfPartition(TableSchema schema, object? value, IValueAdapter? adapter = null, bool consistent = false) =>
        new(schema, new KeyCondition(new PageSource(schema), value, adapter), null, consistent);

    /// <summary>The items whose partition key, a text, begins so.</summary>
    /// <param name="schema">The table.</param>
    /// <param name="prefix">The literal prefix; case matters.</param>
    /// <param name="consistent">See <see cref="ConsistentRead"/>.</param>
    /// <exception cref="DdbException">The partition key is no text, or the prefix is empty or too long for one.</exception>
    public static ComparisonSide OfKeyPrefix(TableSchema schema, string prefix, bool consistent = false)
    {
        KeyAttribute key = (schema ?? throw new ArgumentNullException(nameof(schema))).PartitionKey;
        return key.Type is KeyType.S
            ? new(schema, null, new SingleValueEncoder().Encode(key, isSortKey: false, prefix), consistent)
            : throw new DdbException(
                FailureKind.KeyAttributeInvalid,
                $"The partition key '{key.Name}' of table '{schema.TableName}' is no text ({key.Type}), so it has no prefix. Leave -KeyPrefix out.");
    }

    /// <summary>Into how many segments its scan would be divided by itself.</summary>
    internal int SegmentsFor(int throttleLimit) => SegmentPlan.TotalOf(ToSource(null), throttleLimit);

    /// <summary>What is to be read.</summary>
    internal PageSource ToSource(int? segments) => new(Schema)
    {
        Key = _partition,
        TotalSegments = _partition is null ? segments : null,
        Filter = _prefix is null ? null : "begins_with(#partitionKey, :partitionKey)",
        FilterNames = _prefix is null ? [] : [new KeyValuePair<string, string>("#partitionKey", Schema.PartitionKey.Name)],
        FilterValues = _prefix is null ? [] : [new KeyValuePair<string, byte[]>(":partitionKey", _prefix)],
    };
}
