using System;
using System.Collections.Generic;
using System.Linq;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>Compares keys of tables.</summary>
internal static class KeySchemas
{
    /// <summary>The key with its types, such as "id (S), at (N)".</summary>
    public static string Text(TableDescription table) => string.Join(
        ", ", Ordered(table.KeySchema).Select(k => $"{k.AttributeName} ({table.AttributeDefinitions.First(d => d.AttributeName == k.AttributeName).AttributeType})"));

    /// <summary>The key's names, such as "id, at".</summary>
    public static string Names(IEnumerable<KeySchemaElement> key) => string.Join(", ", Ordered(key).Select(k => k.AttributeName));

    /// <summary>Refuses a source whose key is another.</summary>
    /// <exception cref="RestoreException">SourceNotUsable.</exception>
    public static void RequireSame(TableDescription live, TableDescription source)
    {
        if (Text(live) != Text(source))
        {
            throw Other(live.TableName, Text(live), $"table '{source.TableName}'", Text(source));
        }
    }

    /// <summary>Refuses a backup whose key has other names; backups do not tell the types.</summary>
    /// <exception cref="RestoreException">SourceNotUsable.</exception>
    public static void RequireSame(TableDescription live, BackupDescription backup)
    {
        if (Names(live.KeySchema) != Names(backup.SourceTableDetails.KeySchema))
        {
            throw Other(live.TableName, Names(live.KeySchema), $"backup '{backup.BackupDetails.BackupArn}'", Names(backup.SourceTableDetails.KeySchema));
        }
    }

    private static IEnumerable<KeySchemaElement> Ordered(IEnumerable<KeySchemaElement> key) => key.OrderBy(k => k.KeyType == KeyType.HASH ? 0 : 1);

    private static RestoreException Other(string table, string key, string source, string otherKey) => new(
        RestoreProblem.SourceNotUsable,
        $"The key of {source} is {otherKey}; that of table '{table}' is {key}. Content of another key cannot be restored into it: restore it to a table of its own.");
}
