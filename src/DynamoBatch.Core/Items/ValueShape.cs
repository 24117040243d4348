namespace DynamoBatch.Core.Items;

/// <summary>What a type that is no scalar is to the encoder.</summary>
internal enum ValueShape
{
    /// <summary>An object with members.</summary>
    Members,

    /// <summary>A list.</summary>
    Sequence,

    /// <summary>A set.</summary>
    Set,

    /// <summary>An IDictionary.</summary>
    Dictionary,

    /// <summary>A dictionary by its generic interface only.</summary>
    Pairs,

    /// <summary>An AWS AttributeValue, from whatever assembly.</summary>
    AttributeValue,

    /// <summary>Nothing that could be stored.</summary>
    Unsupported,
}
