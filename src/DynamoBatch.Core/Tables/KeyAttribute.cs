namespace DynamoBatch.Core.Tables;

/// <summary>The type of a key attribute.</summary>
public enum KeyType
{
    /// <summary>Text.</summary>
    S,

    /// <summary>Number.</summary>
    N,

    /// <summary>Binary.</summary>
    B,
}

/// <summary>A key attribute of a table or of one of its indexes.</summary>
/// <param name="Name">The attribute's name; case matters.</param>
/// <param name="Type">Its type.</param>
public sealed record KeyAttribute(string Name, KeyType Type);
