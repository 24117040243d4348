using System;
using System.Collections.Generic;
using System.Linq;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Core.Tables;

/// <summary>Reads a schema off a table's description.</summary>
internal static class SchemaReader
{
    public static TableSchema Read(string tableName, TableDescription table)
    {
        Dictionary<string, KeyType> types = table.AttributeDefinitions.ToDictionary(d => d.AttributeName, d => ToKeyType(d.AttributeType));
        KeyAttribute ToKey(KeySchemaElement element) => new(element.AttributeName, types[element.AttributeName]);

        KeyAttribute partition = ToKey(table.KeySchema.Single(k => k.KeyType == Amazon.DynamoDBv2.KeyType.HASH));
        KeyAttribute? sort = table.KeySchema.Where(k => k.KeyType == Amazon.DynamoDBv2.KeyType.RANGE).Select(ToKey).SingleOrDefault();

        IEnumerable<KeySchemaElement> indexKeys = (table.GlobalSecondaryIndexes ?? []).SelectMany(i => i.KeySchema)
            .Concat((table.LocalSecondaryIndexes ?? []).SelectMany(i => i.KeySchema));
        KeyAttribute[] others = indexKeys.Select(ToKey).Where(k => k != partition && k != sort).Distinct().ToArray();
        return new TableSchema(tableName, partition, sort, others)
        {
            Arn = table.TableArn,
            Id = table.TableId,
            Indexes = (table.GlobalSecondaryIndexes ?? []).Select(i => ToIndex(i.IndexName, i.KeySchema, true, i.IndexSizeBytes, i.ItemCount))
                .Concat((table.LocalSecondaryIndexes ?? []).Select(i => ToIndex(i.IndexName, i.KeySchema, false, i.IndexSizeBytes, i.ItemCount)))
                .ToArray(),
            ApproximateBytes = Bytes(table.TableSizeBytes, table.ItemCount),
            ApproximateItems = table.ItemCount ?? 0,
        };

        IndexSchema ToIndex(string name, List<KeySchemaElement> keys, bool isGlobal, long? bytes, long? items) => new(
            name,
            keys.Where(k => k.KeyType == Amazon.DynamoDBv2.KeyType.HASH).Select(ToKey).ToArray(),
            keys.Where(k => k.KeyType == Amazon.DynamoDBv2.KeyType.RANGE).Select(ToKey).ToArray(),
            isGlobal)
        {
            ApproximateBytes = Bytes(bytes, items),
            ApproximateItems = items ?? 0,
        };
    }

    /// <summary>A server that counts items but no bytes tells something of the size too.</summary>
    private static long Bytes(long? bytes, long? items) => bytes > 0 ? bytes.Value : (items ?? 0) * 256;

    private static KeyType ToKeyType(ScalarAttributeType type) => type.Value switch
    {
        "S" => KeyType.S,
        "N" => KeyType.N,
        "B" => KeyType.B,
        _ => throw new NotSupportedException($"Key attributes of type '{type.Value}' are not known to this version."),
    };
}
