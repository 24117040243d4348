using System;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Restoring.Reconciling;

/// <summary>What a reconciliation is to do, and how it reads and writes.</summary>
internal sealed record ReconcileOptions
{
    /// <summary>The table that is restored.</summary>
    public required string TableName { get; init; }

    /// <summary>The identity of the restore, as its journal has it.</summary>
    public required RestoreIdentity Identity { get; init; }

    /// <summary>The part of a table that is compared: the whole of it, one partition key or the keys of a prefix.</summary>
    public required Func<TableSchema, bool, ComparisonSide> Side { get; init; }

    /// <summary>How the comparison reads; given what to call when there is something to take.</summary>
    public required Func<Action, ComparisonOptions> Comparison { get; init; }

    /// <summary>How the writer sends; given what to call when there is something to read.</summary>
    public required Func<Action, WriterOptions> Writer { get; init; }

    /// <summary>How what was written is read back.</summary>
    public required Func<Action, ReaderOptions> Reader { get; init; }

    /// <summary>Whether newer writes are overwritten.</summary>
    public bool Force { get; init; }

    /// <summary>The file that takes every image that is overwritten or deleted.</summary>
    public required string UndoPath { get; init; }

    /// <summary>The scratch table's name, if the user chose one.</summary>
    public string? ScratchTableName { get; init; }

    /// <summary>Whether scratch tables are left for the user to look at.</summary>
    public bool KeepScratchTable { get; init; }

    /// <summary>Told what is decided. Any thread.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>Told what the user must know. Any thread.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>Told how a long step goes on. Any thread.</summary>
    public Action<string> Progress { get; init; } = _ => { };
}
