using System;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Updating;

/// <summary>What may be said in a PartiQL statement, and how.</summary>
internal static class PartiQL
{
    /// <summary>Characters of a statement at most. (API reference: BatchStatementRequest.)</summary>
    public const int MaxStatement = 8192;

    private static readonly Regex Plain = new("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Whether a name can be quoted there. A dot in quotes would become a nested path, silently.</summary>
    public static bool IsPlain(string name) => Plain.IsMatch(name);

    /// <summary>Whether a table's items can be addressed there. An ARN cannot be a table's name in a statement.</summary>
    public static bool IsPlain(TableSchema schema) =>
        !schema.TableName.StartsWith("arn:", StringComparison.Ordinal)
        && IsPlain(schema.PartitionKey.Name)
        && (schema.SortKey is null || IsPlain(schema.SortKey.Name));

    /// <summary>The JSON around a statement's parameters. The statement has no character that JSON escapes but its quotes.</summary>
    public static byte[] Open(string statement) =>
        System.Text.Encoding.UTF8.GetBytes("{\"Statement\":\"" + statement.Replace("\"", "\\\"") + "\",\"Parameters\":[");

    /// <summary>Writes the key's values as parameters, partition key first.</summary>
    [MethodImpl(Jit.Hot)]
    public static void WriteKeyParameters(JsonBuffer json, KeyValues key, WriteOperation operation)
    {
        (ReadOnlyMemory<byte> partition, ReadOnlyMemory<byte> sort) = key.Of(operation.Item);
        json.Raw(partition.Span);
        if (!sort.IsEmpty)
        {
            json.Raw(","u8);
            json.Raw(sort.Span);
        }
    }
}
