namespace DynamoBatch.LocalAws.Faults;

/// <summary>
/// A table state for a while: DescribeTable shows it; in CREATING and DELETING the data plane does not find the table,
/// in any but ACTIVE the table cannot be updated or deleted. It ends by whichever limit comes first; without one it stays.
/// </summary>
public sealed record TableStateSettings
{
    /// <summary>CREATING, UPDATING, DELETING or another TableStatus.</summary>
    public string State { get; init; } = "UPDATING";

    /// <summary>Ends this long after the faults were set, milliseconds.</summary>
    public int? ForMs { get; init; }

    /// <summary>Ends once DescribeTable has shown it this often.</summary>
    public int? ForDescribes { get; init; }
}
