namespace DynamoBatch.Core.Items;

/// <summary>What becomes of an empty text that is an attribute of its own. Within lists and maps empty text is always kept.</summary>
public enum EmptyStringHandling
{
    /// <summary>It is stored as empty text.</summary>
    Keep,

    /// <summary>The attribute is left out.</summary>
    Omit,

    /// <summary>It is stored as NULL.</summary>
    Null,
}
