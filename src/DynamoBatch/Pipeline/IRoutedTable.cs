using DynamoBatch.Core;

namespace DynamoBatch.Pipeline;

/// <summary>A table of a run, as its routes know it.</summary>
internal interface IRoutedTable
{
    /// <summary>The name by which it was first met.</summary>
    string Name { get; }

    /// <summary>The table's ARN; null while it is not open.</summary>
    string? Arn { get; }

    /// <summary>Why it could not be opened.</summary>
    DdbException? Failure { get; set; }
}
