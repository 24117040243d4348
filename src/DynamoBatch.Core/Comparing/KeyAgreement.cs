using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Comparing;

/// <summary>Two tables can only be compared where their keys are the same.</summary>
public static class KeyAgreement
{
    /// <summary>Checks that two tables have the same key.</summary>
    /// <exception cref="DdbException">They have not.</exception>
    public static void Check(TableSchema reference, TableSchema difference)
    {
        _ = reference ?? throw new System.ArgumentNullException(nameof(reference));
        _ = difference ?? throw new System.ArgumentNullException(nameof(difference));
        if (reference.PartitionKey != difference.PartitionKey || reference.SortKey != difference.SortKey)
        {
            throw new DdbException(
                FailureKind.KeyAttributeInvalid,
                $"The keys of the tables differ: '{reference.TableName}' has {Describe(reference)}, '{difference.TableName}' has {Describe(difference)}. "
                + "Only tables with the same key, in name and type, can be compared.");
        }
    }

    private static string Describe(TableSchema schema) => schema.SortKey is { } sort
        ? $"{Describe(schema.PartitionKey)} and {Describe(sort)}"
        : Describe(schema.PartitionKey);

    private static string Describe(KeyAttribute key) => $"'{key.Name}' ({key.Type})";
}
