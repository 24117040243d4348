namespace DynamoBatch.Core.Updating;

/// <summary>Which image of an item a write gives back.</summary>
public enum ReturnedItem
{
    /// <summary>None.</summary>
    None,

    /// <summary>The item as it was before.</summary>
    Old,

    /// <summary>The item as it is now.</summary>
    New,
}
