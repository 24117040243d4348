using System;
using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>
/// What of a change is still to be made to an item as it is now. Only what still is as the damage left it is changed; what is
/// as wanted already is done; everything else is somebody's newer write, and stands.
/// </summary>
/// <param name="Kind">What is to be done; null where nothing is.</param>
/// <param name="Attributes">Of an update: the attributes to set or remove.</param>
/// <param name="Conflicts">What stands in the way: attributes whose newer values stay, or, without any name, an item that is there or is not.</param>
/// <param name="IsConflict">Whether something stands in the way.</param>
internal sealed record ChangePlan(ChangeKind? Kind, IReadOnlyList<string> Attributes, IReadOnlyList<string> Conflicts, bool IsConflict)
{
    private static readonly ChangePlan Done = new(null, [], [], false);

    /// <summary>Whether the item is as wanted.</summary>
    public bool IsDone => Kind is null && !IsConflict;

    /// <summary>Decides.</summary>
    /// <param name="seen">The item as the damage left it.</param>
    /// <param name="wanted">The item as it shall be.</param>
    /// <param name="present">The item as it is now.</param>
    public static ChangePlan Create(ItemImage seen, ItemImage wanted, ItemImage present)
    {
        if (!seen.Exists)
        {
            return !present.Exists ? new ChangePlan(ChangeKind.Put, [], [], false) : DoneUnless(present.DifferenceTo(wanted), isConflict: true);
        }

        if (!wanted.Exists)
        {
            IReadOnlyList<string> newer = present.DifferenceTo(seen);
            return !present.Exists ? Done : newer.Count == 0 ? new ChangePlan(ChangeKind.Delete, [], [], false) : DoneUnless(newer, isConflict: true);
        }

        IReadOnlyList<string> differing = wanted.DifferenceTo(seen);
        if (!present.Exists)
        {
            return new ChangePlan(null, [], [], IsConflict: true);
        }

        string[] left = differing.Where(name => !present.Agrees(wanted, name)).ToArray();
        string[] undone = left.Where(name => present.Agrees(seen, name)).ToArray();
        string[] conflicts = left.Except(undone, StringComparer.Ordinal).ToArray();
        return undone.Length == 0 ? DoneUnless(conflicts, conflicts.Length > 0) : new ChangePlan(ChangeKind.Update, undone, conflicts, conflicts.Length > 0);
    }

    private static ChangePlan DoneUnless(IReadOnlyList<string> conflicts, bool isConflict) =>
        conflicts.Count == 0 ? Done : new ChangePlan(null, [], conflicts, isConflict);
}
