namespace DynamoBatch.Core.Items;

/// <summary>What a value is in DynamoDB, and what <c>-AttributeType</c> can ask for.</summary>
public enum AttributeType
{
    /// <summary>Text.</summary>
    S,

    /// <summary>Number.</summary>
    N,

    /// <summary>Binary; in text form base64.</summary>
    B,

    /// <summary>True or false.</summary>
    BOOL,

    /// <summary>Null.</summary>
    NULL,

    /// <summary>Set of texts; in text form separated by semicolons.</summary>
    SS,

    /// <summary>Set of numbers; in text form separated by semicolons.</summary>
    NS,

    /// <summary>Set of binaries; in text form base64, separated by semicolons.</summary>
    BS,

    /// <summary>Map; in text form a JSON object.</summary>
    M,

    /// <summary>List; in text form a JSON array.</summary>
    L,

    /// <summary>A number that counts the seconds since 1970-01-01T00:00:00Z; in text form an ISO 8601 date.</summary>
    Epoch,
}
