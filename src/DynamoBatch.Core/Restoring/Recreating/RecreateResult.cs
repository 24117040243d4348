using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>What a recreation has done.</summary>
internal sealed record RecreateResult
{
    public required string TableName { get; init; }

    public required string? TableId { get; init; }

    /// <summary>From just before the deletion was asked for until the table was active again.</summary>
    public TimeSpan Outage { get; init; }

    /// <summary>The new stream; null where the table has none. Event source mappings of the old one need it.</summary>
    public string? StreamArn { get; init; }

    public string? OldStreamArn { get; init; }

    /// <summary>The backup of the content wanted. It is kept.</summary>
    public required string ContentBackupArn { get; init; }

    /// <summary>The backup of the table's last state before the deletion; null where none was found. It is kept.</summary>
    public string? LastStateBackupArn { get; init; }

    /// <summary>Items of the content's backup; null where it does not tell.</summary>
    public long? Items { get; init; }

    public IReadOnlyList<string> CarriedOver { get; init; } = [];

    /// <summary>Settings that are not as they were; the same command tries them again.</summary>
    public IReadOnlyList<FailedSetting> Failed { get; init; } = [];

    /// <summary>What the user should know and do.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The scratch table, where it is still there.</summary>
    public string? ScratchTableName { get; init; }

    /// <summary>How long each phase took, those of earlier runs included.</summary>
    public IReadOnlyList<KeyValuePair<string, TimeSpan>> Phases { get; init; } = [];
}
