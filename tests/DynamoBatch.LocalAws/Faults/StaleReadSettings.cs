namespace DynamoBatch.LocalAws.Faults;

/// <summary>Eventually consistent reads (GetItem, BatchGetItem, Scan and Query of the table) that show how an item was before its last write.</summary>
public sealed record StaleReadSettings
{
    /// <summary>How long after a write its old image may still be read, milliseconds.</summary>
    public int WindowMs { get; init; } = 1000;

    /// <summary>How probable it is, per item written within the window, 0 to 1.</summary>
    public double Chance { get; init; } = 1;
}
