using System.Globalization;

namespace DynamoBatch.Core.Items;

/// <summary>The limits that an item has to keep, and how an error names them.</summary>
internal static class ItemLimits
{
    /// <summary>Bytes of a partition key value at most (developer guide, 'quotas').</summary>
    internal const int PartitionKeyBytes = 2_048;

    /// <summary>Bytes of a sort key value at most (developer guide, 'quotas').</summary>
    internal const int SortKeyBytes = 1_024;

    /// <summary>Levels of lists and maps within each other at most (developer guide, 'quotas').</summary>
    internal const int NestingLevels = 32;

    internal const string Remedy = "Leave out or shorten attributes, or keep the large value elsewhere (S3) and store where it is.";

    internal static string Describe(long size) => string.Format(
        CultureInfo.InvariantCulture, "the limit: at least {0:N0} bytes as DynamoDB counts, {1:N0} (400 KB) is DynamoDB's limit for an item", size, ItemSize.Limit);

    internal static string Describe(NumberStatus status) => status switch
    {
        NumberStatus.TooPrecise => "is a number of more than 38 significant digits, DynamoDB's limit. Round it, or store it as text.",
        NumberStatus.OutOfRange => "is a number outside 1E-130 to 9.99E+125, DynamoDB's limits. Scale it, or store it as text.",
        _ => "is not a finite number. Leave it out, or store it as text.",
    };
}
