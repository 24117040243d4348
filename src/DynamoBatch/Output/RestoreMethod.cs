namespace DynamoBatch.Output;

/// <summary>How a table gets its content back.</summary>
public enum RestoreMethod
{
    /// <summary>The difference is written to the live table. No outage; the table stays the one that it is.</summary>
    Reconcile,

    /// <summary>The table is deleted, and restored under its own name. An outage.</summary>
    Recreate,
}
