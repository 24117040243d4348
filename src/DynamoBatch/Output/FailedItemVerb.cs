namespace DynamoBatch.Output;

/// <summary>What was to be done with an item of a -FailedItemPath file.</summary>
public enum FailedItemVerb
{
    /// <summary>It was to be put.</summary>
    Put,

    /// <summary>It was to be deleted.</summary>
    Delete,

    /// <summary>It was to be updated.</summary>
    Update,

    /// <summary>It was to be put where no item is.</summary>
    Insert,
}
