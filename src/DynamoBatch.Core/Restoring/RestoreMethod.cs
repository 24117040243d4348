namespace DynamoBatch.Core.Restoring;

/// <summary>How a table gets its content back.</summary>
internal enum RestoreMethod
{
    /// <summary>The difference is written to the live table. No outage.</summary>
    Reconcile,

    /// <summary>The table is deleted, and restored under its own name. An outage.</summary>
    Recreate,
}
