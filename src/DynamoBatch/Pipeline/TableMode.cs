namespace DynamoBatch.Pipeline;

/// <summary>What a run may do to a table.</summary>
internal enum TableMode
{
    /// <summary>Write to it.</summary>
    Write,

    /// <summary>Only check what would be written: -WhatIf.</summary>
    DryRun,

    /// <summary>Nothing: the user declined.</summary>
    Declined,
}
