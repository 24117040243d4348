namespace DynamoBatch.Core;

/// <summary>Why an item, a table or a run failed. Each kind is an ErrorId that scripts can rely on.</summary>
public enum FailureKind
{
    /// <summary>The item is over 400 KB as DynamoDB counts.</summary>
    ItemTooLarge,

    /// <summary>A value has no DynamoDB form.</summary>
    ValueNotSupported,

    /// <summary>A key attribute is absent.</summary>
    KeyAttributeMissing,

    /// <summary>A key attribute is empty, of another type, or too long (partition key 2,048 bytes, sort key 1,024 bytes).</summary>
    KeyAttributeInvalid,

    /// <summary>The server refused this item.</summary>
    ItemRejected,

    /// <summary>An update met no item.</summary>
    ItemNotFound,

    /// <summary>A condition did not hold.</summary>
    ConditionFailed,

    /// <summary>A put that must not overwrite met an item.</summary>
    DuplicateItem,

    /// <summary>Still unprocessed when the time or the number of tries ran out.</summary>
    ItemUnprocessed,

    /// <summary>The answer was lost, and whether the write landed is not known.</summary>
    OutcomeUnknown,

    /// <summary>Accepted, but the run was stopped before it was written.</summary>
    NotSent,

    /// <summary>The table does not exist in this account and region.</summary>
    TableNotFound,

    /// <summary>The credentials are valid, but not allowed to do this.</summary>
    AccessDenied,

    /// <summary>There are no credentials, or the service does not accept them.</summary>
    CredentialsInvalid,

    /// <summary>The endpoint could not be reached.</summary>
    EndpointUnreachable,

    /// <summary>The table exists, but takes no writes in its present state.</summary>
    TableNotActive,
}
