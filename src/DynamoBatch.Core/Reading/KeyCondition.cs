using System;
using System.Collections.Generic;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Reading;

/// <summary>The items of one partition key, and of these perhaps a range of sort keys. Values get the types that the schema says.</summary>
public sealed class KeyCondition
{
    private const string PartitionName = "#_partitionKey";
    private const string PartitionValue = ":_partitionKey";
    private const string SortName = "#_sortKey";

    private readonly List<KeyValuePair<string, string>> _names = new();
    private readonly List<KeyValuePair<string, byte[]>> _values = new();
    private readonly SingleValueEncoder _encoding;
    private readonly KeyAttribute _partition;
    private readonly KeyAttribute? _sort;
    private readonly string _source;

    /// <summary>Asks for the items of a partition key.</summary>
    /// <param name="source">The table or index; its own condition is not looked at.</param>
    /// <param name="value">The partition key's value, wrapped or not.</param>
    /// <param name="adapter">How objects are seen; null for plain .NET objects.</param>
    /// <exception cref="DdbException">The value is none of such a key, or the index cannot be asked so.</exception>
    public KeyCondition(PageSource source, object? value, IValueAdapter? adapter = null)
    {
        _ = source ?? throw new ArgumentNullException(nameof(source));
        if (source.Index is { } index && (index.PartitionKeys.Count != 1 || index.SortKeys.Count > 1))
        {
            throw new DdbException(
                FailureKind.KeyAttributeInvalid,
                $"The key of {source.Name} has several attributes, which -PartitionKey and -SortKey cannot tell. Read the index with -Filter instead.");
        }

        _encoding = new SingleValueEncoder(adapter);
        _source = source.Name;
        _partition = source.Index?.PartitionKeys[0] ?? source.Schema.PartitionKey;
        _sort = source.Index is null ? source.Schema.SortKey : source.Index.SortKeys.Count > 0 ? source.Index.SortKeys[0] : null;
        _names.Add(new(PartitionName, _partition.Name));
        _values.Add(new(PartitionValue, _encoding.Encode(_partition, isSortKey: false, value)));
        Expression = $"{PartitionName} = {PartitionValue}";
    }

    /// <summary>The KeyConditionExpression.</summary>
    public string Expression { get; private set; }

    /// <summary>Its placeholders, and the names they stand for.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Names => _names;

    /// <summary>Its placeholders, and their values as DynamoDB JSON.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Values => _values;

    /// <summary>Only the item of this sort key.</summary>
    /// <exception cref="DdbException">There is no sort key, or it cannot have such a value.</exception>
    public void SortKeyIs(object? value) => Add($"{SortName} = {Value(":_sortKey", value)}");

    /// <summary>Only sort keys that begin so.</summary>
    /// <exception cref="DdbException">There is no sort key, or it is a number.</exception>
    public void SortKeyBeginsWith(object? value)
    {
        if (_sort?.Type is KeyType.N)
        {
            throw new DdbException(
                FailureKind.KeyAttributeInvalid,
                $"The sort key '{_sort.Name}' of {_source} is a number, which has no prefix. Use -SortKeyFrom and -SortKeyTo.");
        }

        Add($"begins_with({SortName},{Value(":_sortKey", value)})");
    }

    /// <summary>Only sort keys within bounds, which belong to the range; one of them may be absent.</summary>
    /// <exception cref="DdbException">There is no sort key, or it cannot have such a value.</exception>
    public void SortKeyBetween(object? from, object? to) => Add(
        to is null ? $"{SortName} >= {Value(":_from", from)}"
        : from is null ? $"{SortName} <= {Value(":_to", to)}"
        : $"{SortName} BETWEEN {Value(":_from", from)} AND {Value(":_to", to)}");

    private void Add(string condition)
    {
        _names.Add(new(SortName, _sort!.Name));
        Expression += " AND " + condition;
    }

    private string Value(string placeholder, object? value)
    {
        KeyAttribute sort = _sort ?? throw new DdbException(
            FailureKind.KeyAttributeInvalid,
            $"The key of {_source} is '{_partition.Name}' alone; there is no sort key. Leave the -SortKey parameters out.");
        _values.Add(new(placeholder, _encoding.Encode(sort, isSortKey: true, value)));
        return placeholder;
    }
}
