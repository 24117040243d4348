using System.Collections.Generic;

namespace DynamoBatch.Core.Tables;

/// <summary>A secondary index of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PartitionKeys">Its partition key; a global index may have several attributes of it.</param>
/// <param name="SortKeys">Its sort key: none, one, or in a global index several attributes.</param>
/// <param name="IsGlobal">Whether it is global: such an index knows no consistent reads.</param>
public sealed record IndexSchema(string Name, IReadOnlyList<KeyAttribute> PartitionKeys, IReadOnlyList<KeyAttribute> SortKeys, bool IsGlobal)
{
    /// <summary>About how many bytes it has; see <see cref="TableSchema.ApproximateBytes"/>.</summary>
    public long ApproximateBytes { get; init; }

    /// <summary>About how many items it has; see <see cref="ApproximateBytes"/>.</summary>
    public long ApproximateItems { get; init; }
}
