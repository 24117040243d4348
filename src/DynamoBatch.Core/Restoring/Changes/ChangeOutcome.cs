namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>What became of a change. The values are its letters in the file of outcomes.</summary>
internal enum ChangeOutcome
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>The item was put again.</summary>
    Put = 'P',

    /// <summary>Its attributes were set and removed.</summary>
    Updated = 'U',

    /// <summary>The item was deleted.</summary>
    Deleted = 'D',

    /// <summary>The item was as wanted already.</summary>
    Unchanged = 'N',

    /// <summary>A newer write stands, in the whole item or in some of its attributes.</summary>
    Conflict = 'C',

    /// <summary>It could not be made.</summary>
    Failed = 'F',

    /// <summary>The service never told.</summary>
    Unknown = '?',
}
