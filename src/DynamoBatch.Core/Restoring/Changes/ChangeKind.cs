namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>What a restore does to an item.</summary>
internal enum ChangeKind
{
    /// <summary>The item vanished, and is put again.</summary>
    Put,

    /// <summary>Attributes of the item are set and removed.</summary>
    Update,

    /// <summary>The item was added, and is deleted.</summary>
    Delete,
}
