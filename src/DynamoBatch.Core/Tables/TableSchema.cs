using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Tables;

/// <summary>What a writer has to know of a table.</summary>
/// <param name="TableName">The table's name (or ARN) as it was asked for.</param>
/// <param name="PartitionKey">The partition key.</param>
/// <param name="SortKey">The sort key; null where the table has none.</param>
/// <param name="IndexKeys">Key attributes of all secondary indexes that are not key attributes of the table. Items may lack them,
/// but where present they must have this type and may not be empty.</param>
public sealed record TableSchema(string TableName, KeyAttribute PartitionKey, KeyAttribute? SortKey, IReadOnlyList<KeyAttribute> IndexKeys)
{
    /// <summary>The table's ARN: what tells that a name and an ARN mean the same table. Null where the server tells none.</summary>
    public string? Arn { get; init; }

    /// <summary>The table's id: another one if it is deleted and made anew. Null where the server tells none.</summary>
    public string? Id { get; init; }

    /// <summary>The secondary indexes.</summary>
    public IReadOnlyList<IndexSchema> Indexes { get; init; } = Array.Empty<IndexSchema>();

    /// <summary>About how many bytes the table has. The service counts every six hours or so; 0 also where it has not counted yet.</summary>
    public long ApproximateBytes { get; init; }

    /// <summary>About how many items it has; see <see cref="ApproximateBytes"/>.</summary>
    public long ApproximateItems { get; init; }
}
