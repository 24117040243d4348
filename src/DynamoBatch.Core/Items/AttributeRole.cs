namespace DynamoBatch.Core.Items;

/// <summary>What an attribute is to its table.</summary>
public enum AttributeRole
{
    /// <summary>An attribute like any other.</summary>
    Plain,

    /// <summary>The table's partition key.</summary>
    PartitionKey,

    /// <summary>The table's sort key.</summary>
    SortKey,

    /// <summary>A key of a secondary index: may be absent, but must fit if it is there.</summary>
    IndexKey,
}
