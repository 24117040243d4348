using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>Which differences become changes.</summary>
internal sealed class StagingOptions
{
    /// <summary>Only what vanished is put again.</summary>
    public bool MissingOnly { get; init; }

    /// <summary>Nothing is deleted.</summary>
    public bool KeepNew { get; init; }

    /// <summary>The attributes that are restored in an item that has changed; null for all.</summary>
    public IReadOnlyCollection<string>? Attributes { get; init; }

    /// <summary>The attribute that holds when an item expires; null where the table has none, or those that have expired are wanted too.</summary>
    public string? TtlAttribute { get; init; }

    /// <summary>What counts as expired now.</summary>
    public DateTimeOffset Now { get; init; }
}
