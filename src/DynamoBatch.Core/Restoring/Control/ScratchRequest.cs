using System;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>A scratch table that a restore needs.</summary>
/// <param name="Subject">What it is for, as the journal tells it from others.</param>
/// <param name="TableName">The table that is restored.</param>
/// <param name="Source">The content: of a time, or a backup.</param>
internal sealed record ScratchRequest(string Subject, string TableName, RestoreSource Source)
{
    /// <summary>The name that the user chose; null for one of the module's own.</summary>
    public string? Name { get; init; }

    /// <summary>Whether indexes are restored too.</summary>
    public bool WithIndexes { get; init; }

    /// <summary>Told, at each look, how long the restore takes and the table's state.</summary>
    public Action<TimeSpan, string>? Progress { get; init; }
}
