using System.Collections.Generic;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>What a write of the applier is about.</summary>
/// <param name="Change">The change.</param>
/// <param name="Request">Its fenced request; null where it goes without a fence.</param>
/// <param name="Conflicts">Attributes of the item that are left as they are.</param>
internal sealed record ChangeWrite(StagedChange Change, FencedRequest? Request, IReadOnlyList<string> Conflicts)
{
    /// <summary>Whether it brings back what a delete should have left.</summary>
    public bool IsPutBack { get; init; }
}
