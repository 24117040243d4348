using System;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>The content that a restore brings back, found and checked. One of Time, BackupArn and TableName is there.</summary>
/// <param name="SourceTableArn">The table that it was, or is, the content of.</param>
internal sealed record RestoreSource(string SourceTableArn)
{
    /// <summary>A time of the table's own history.</summary>
    public DateTimeOffset? Time { get; init; }

    public string? BackupArn { get; init; }

    /// <summary>Another table, whose content is taken as it is.</summary>
    public string? TableName { get; init; }

    /// <summary>About how many bytes it has. Of a time, as many as the table has now.</summary>
    public long Bytes { get; init; }

    /// <summary>About how many items; see <see cref="Bytes"/>.</summary>
    public long Items { get; init; }

    /// <summary>The earliest time that could be restored; of a time only.</summary>
    public DateTimeOffset? Earliest { get; init; }

    /// <summary>The latest time that could be restored; of a time only.</summary>
    public DateTimeOffset? Latest { get; init; }

    /// <summary>What the user should know of it; empty where there is nothing.</summary>
    public string Note { get; init; } = string.Empty;

    /// <summary>What it is, in a message.</summary>
    public string Text => Time is { } time ? $"the content of {RestoreIdentity.Text(time)}" : BackupArn is { } arn ? $"backup '{arn}'" : $"table '{TableName}'";

    /// <summary>What it holds, in a message that says what is given back.</summary>
    public string Content => Time is null ? $"the content of {Text}" : Text;
}
