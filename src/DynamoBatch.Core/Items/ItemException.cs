namespace DynamoBatch.Core.Items;

/// <summary>One item that cannot be encoded. Nothing else is lost by it.</summary>
public sealed class ItemException : DdbException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">What is wrong with the item.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="path">The attribute's path, such as <c>address.lines[3]</c>; null where the item as a whole is wrong.</param>
    /// <param name="key">The item's key as far as it could be read, as DynamoDB JSON; null where there is none.</param>
    public ItemException(FailureKind kind, string message, string? path = null, string? key = null)
        : base(kind, message)
    {
        Path = path;
        Key = key;
    }

    /// <summary>The attribute's path, or null.</summary>
    public string? Path { get; }

    /// <summary>The item's key as DynamoDB JSON, or null.</summary>
    public string? Key { get; }
}
