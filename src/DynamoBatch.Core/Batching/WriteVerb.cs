namespace DynamoBatch.Core.Batching;

/// <summary>What a write does to its item.</summary>
public enum WriteVerb
{
    /// <summary>Puts the whole item in the place of what was there.</summary>
    Put,

    /// <summary>Deletes the item, if there is one.</summary>
    Delete,

    /// <summary>Changes attributes of the item.</summary>
    Update,

    /// <summary>Puts the item where none is.</summary>
    Insert,
}
