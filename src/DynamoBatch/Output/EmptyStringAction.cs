namespace DynamoBatch.Output;

/// <summary>What becomes of an attribute whose text is empty.</summary>
public enum EmptyStringAction
{
    /// <summary>It is written as an empty string.</summary>
    Keep,

    /// <summary>The item is written without it.</summary>
    Omit,

    /// <summary>It is written as NULL.</summary>
    Null,
}
