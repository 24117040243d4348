using System.Collections.Generic;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>What a recreation does, told before it does it.</summary>
internal sealed record RecreatePlan
{
    public required TableSettings Settings { get; init; }

    public required RestoreSource Source { get; init; }

    /// <summary>The backup that the table is restored from; null where it is not taken yet.</summary>
    public string? BackupArn { get; init; }

    /// <summary>Items of that backup; null where it does not tell.</summary>
    public long? BackupItems { get; init; }

    public long? BackupBytes { get; init; }

    public string? ScratchTableName { get; init; }

    /// <summary>How the table's present state is kept, in words.</summary>
    public required string LastState { get; init; }

    /// <summary>The settings that the new table is given, by name.</summary>
    public IReadOnlyList<string> CarriedOver { get; init; } = [];

    /// <summary>What the new table will not have, or what the user has to look after, each with the command.</summary>
    public IReadOnlyList<string> NotCarriedOver { get; init; } = [];

    /// <summary>The AWS CLI command that makes the table from the backup; null where that is not taken yet.</summary>
    public string? RestoreCommand { get; init; }

    /// <summary>Whether an earlier run has already asked for the deletion: there is nothing left to ask the user, but to go on.</summary>
    public bool IsDeletionRequested { get; init; }

    /// <summary>Whether the table of old is gone.</summary>
    public bool IsDeleted { get; init; }
}
