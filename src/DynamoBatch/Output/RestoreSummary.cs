using System;

namespace DynamoBatch.Output;

/// <summary>
/// What a restore came to. After one that ended by itself:
/// <c>Changes = Put + Updated + Deleted + AlreadyDone + Conflicts + Failed + Unknown + NotSent</c>.
/// </summary>
public sealed class RestoreSummary
{
    /// <summary>The table.</summary>
    public string TableName { get; set; } = string.Empty;

    /// <summary>How it was restored.</summary>
    public RestoreMethod Method { get; set; }

    /// <summary>What it was restored to, in words.</summary>
    public string Source { get; set; } = string.Empty;

    /// <summary>The time whose content was restored, in UTC; null where the source is another.</summary>
    public DateTime? PointInTime { get; set; }

    /// <summary>Whether this was a dry run: nothing was changed, and the Planned numbers say what would be needed.</summary>
    public bool WhatIf { get; set; }

    /// <summary>Whether only the difference was found (-PrepareOnly): the table is untouched, and Put, Updated and Deleted say what would be done.</summary>
    public bool PrepareOnly { get; set; }

    /// <summary>Differences that are to be undone.</summary>
    public long Changes { get; set; }

    /// <summary>Items put again.</summary>
    public long Put { get; set; }

    /// <summary>Items whose differing attributes were set or removed.</summary>
    public long Updated { get; set; }

    /// <summary>Items deleted that had been added.</summary>
    public long Deleted { get; set; }

    /// <summary>Differences that were gone when it came to them.</summary>
    public long AlreadyDone { get; set; }

    /// <summary>Items that were as wanted from the beginning.</summary>
    public long Unchanged { get; set; }

    /// <summary>Items in which a newer write stands: each has an error.</summary>
    public long Conflicts { get; set; }

    /// <summary>Items that could not be restored: each has an error.</summary>
    public long Failed { get; set; }

    /// <summary>Items of which the service never told the outcome: each has an error.</summary>
    public long Unknown { get; set; }

    /// <summary>Items that the run's end found waiting; the same command goes on with them.</summary>
    public long NotSent { get; set; }

    /// <summary>Items that vanished and were not brought back, for their time to live has passed.</summary>
    public long Expired { get; set; }

    /// <summary>Items that differ and were passed over by the scope.</summary>
    public long OutOfScope { get; set; }

    /// <summary>Items read back that are as wanted.</summary>
    public long Verified { get; set; }

    /// <summary>Items read back that somebody has written since.</summary>
    public long ChangedSince { get; set; }

    /// <summary>Write units, as the service reported them.</summary>
    public double ConsumedCapacity { get; set; }

    /// <summary>The phases, and how long they took.</summary>
    public RestorePhase[] Phases { get; set; } = [];

    /// <summary>Scratch tables that are still there.</summary>
    public string[] ScratchTableName { get; set; } = [];

    /// <summary>The backups that hold the wanted content and the last content before: Recreate only.</summary>
    public string[] BackupArn { get; set; } = [];

    /// <summary>How long the table could not be used: Recreate only.</summary>
    public TimeSpan? Outage { get; set; }

    /// <summary>The table's new stream, where it has one: Recreate only. Event source mappings need it.</summary>
    public string? StreamArn { get; set; }

    /// <summary>What could not be carried over, each with the command that would.</summary>
    public string[] NotCarriedOver { get; set; } = [];

    /// <summary>The journal.</summary>
    public string? JournalPath { get; set; }

    /// <summary>The file of every image that was overwritten or deleted; null where there was none.</summary>
    public string? UndoPath { get; set; }

    /// <summary>The file of all changes, while it is kept.</summary>
    public string? ChangePath { get; set; }

    /// <summary>Dry run: bytes of the scratch tables, about.</summary>
    public long PlannedStorageBytes { get; set; }

    /// <summary>Dry run: read units, about.</summary>
    public long PlannedReadUnits { get; set; }

    /// <summary>Dry run and -PrepareOnly: write units, about; null where nobody can know before comparing.</summary>
    public long? PlannedWriteUnits { get; set; }

    /// <summary>What else should be known.</summary>
    public string[] Note { get; set; } = [];
}
