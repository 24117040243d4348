using System;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>A backup that a restore needs.</summary>
/// <param name="Subject">What it holds, as the journal tells it from others.</param>
/// <param name="TableName">The table that is backed up.</param>
/// <param name="Name">How its name begins.</param>
internal sealed record BackupRequest(string Subject, string TableName, string Name)
{
    /// <summary>The table must still be this one; null for any.</summary>
    public string? TableId { get; init; }

    /// <summary>Since when the table's content is as it is.</summary>
    public DateTimeOffset UnchangedSince { get; init; }

    /// <summary>Told, at each look, how long the backup takes and its state.</summary>
    public Action<TimeSpan, string>? Progress { get; init; }
}
