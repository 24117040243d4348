using System;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Reading;

/// <summary>What is read page by page: a table or an index, whole or a part of it.</summary>
public sealed class PageSource
{
    /// <summary>Names a table, or an index of it.</summary>
    /// <param name="schema">The table.</param>
    /// <param name="indexName">The index; null for the table itself.</param>
    /// <exception cref="DdbException">The table has no such index.</exception>
    public PageSource(TableSchema schema, string? indexName = null)
    {
        Schema = schema ?? throw new ArgumentNullException(nameof(schema));
        if (indexName is not null)
        {
            Index = schema.Indexes.FirstOrDefault(i => i.Name == indexName) ?? throw NoSuchIndex(schema, indexName);
        }
    }

    /// <summary>The table.</summary>
    public TableSchema Schema { get; }

    /// <summary>The index; null for the table itself.</summary>
    public IndexSchema? Index { get; }

    /// <summary>The items of one partition key only; null for all.</summary>
    public KeyCondition? Key { get; init; }

    /// <summary>Whether the items of a partition come in descending order of their sort key.</summary>
    public bool Descending { get; init; }

    /// <summary>A filter expression of DynamoDB.</summary>
    public string? Filter { get; init; }

    /// <summary>Placeholders such as <c>#s</c> in the filter, and the attribute names they stand for. None starts with <c>#_</c>.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> FilterNames { get; init; } = [];

    /// <summary>Placeholders such as <c>:v</c> in the filter, and their values as DynamoDB JSON. None starts with <c>:_</c>.</summary>
    public IReadOnlyCollection<KeyValuePair<string, byte[]>> FilterValues { get; init; } = [];

    /// <summary>Top-level attributes that are wanted; null for all.</summary>
    public IReadOnlyList<string>? Attributes { get; init; }

    /// <summary>The only segment that is read, by one request after the other; null for all of them.</summary>
    public int? Segment { get; init; }

    /// <summary>How many segments a scan has; null to choose by the size.</summary>
    public int? TotalSegments { get; init; }

    /// <summary>Ends after so many items; null for all.</summary>
    public long? First { get; init; }

    /// <summary>How it is named in messages.</summary>
    public string Name => Index is null ? $"table '{Schema.TableName}'" : $"index '{Index.Name}' of table '{Schema.TableName}'";

    private static DdbException NoSuchIndex(TableSchema schema, string name)
    {
        string there = schema.Indexes.Count == 0
            ? "It has no indexes."
            : $"It has: {string.Join(", ", schema.Indexes.Select(i => $"'{i.Name}'"))}. Case matters.";
        return new DdbException(FailureKind.TableNotFound, $"Table '{schema.TableName}' has no index '{name}'. {there}");
    }
}
