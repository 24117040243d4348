namespace DynamoBatch.Output;

/// <summary>What two tables hold under one key.</summary>
public sealed class TableDifference
{
    /// <summary>
    /// As Compare-Object has it: <c>&lt;=</c> only the reference table has the item, <c>=&gt;</c> only the difference table has it,
    /// <c>==</c> both have the same. <c>&lt;&gt;</c>, which Compare-Object does not have: both have it, and it differs.
    /// </summary>
    public string SideIndicator { get; set; } = string.Empty;

    /// <summary>An object of the key's attributes.</summary>
    public object? Key { get; set; }

    /// <summary>The reference table's item; null where it has none.</summary>
    public object? ReferenceItem { get; set; }

    /// <summary>The difference table's item; null where it has none.</summary>
    public object? DifferenceItem { get; set; }

    /// <summary>The names of the top-level attributes that differ; none where one side has no item.</summary>
    public string[] Property { get; set; } = [];
}
