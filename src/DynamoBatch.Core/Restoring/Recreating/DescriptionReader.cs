using System;
using System.Collections.Generic;
using System.Linq;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>Reads the settings that a table's description holds.</summary>
internal static class DescriptionReader
{
    public static TableSettings Read(TableDescription table)
    {
        bool isProvisioned = table.BillingModeSummary?.BillingMode != BillingMode.PAY_PER_REQUEST;
        bool isKms = table.SSEDescription is { } sse && (sse.Status == SSEStatus.ENABLED || sse.Status == SSEStatus.UPDATING);
        bool isStream = table.StreamSpecification?.StreamEnabled == true;
        return new TableSettings
        {
            TableName = table.TableName,
            TableArn = table.TableArn,
            TableId = table.TableId,
            Key = KeySchemas.Text(table),
            AttributeTypes = new SortedDictionary<string, string>(table.AttributeDefinitions.ToDictionary(d => d.AttributeName, d => d.AttributeType.Value), StringComparer.Ordinal),
            BillingMode = isProvisioned ? BillingMode.PROVISIONED.Value : BillingMode.PAY_PER_REQUEST.Value,
            Provisioned = isProvisioned ? Units(table.ProvisionedThroughput?.ReadCapacityUnits, table.ProvisionedThroughput?.WriteCapacityUnits) : null,
            OnDemand = Units(table.OnDemandThroughput?.MaxReadRequestUnits, table.OnDemandThroughput?.MaxWriteRequestUnits),
            Warm = Units(table.WarmThroughput?.ReadUnitsPerSecond, table.WarmThroughput?.WriteUnitsPerSecond),
            GlobalIndexes = (table.GlobalSecondaryIndexes ?? []).Select(i => Read(i, isProvisioned)).OrderBy(i => i.Name, StringComparer.Ordinal).ToArray(),
            LocalIndexes = (table.LocalSecondaryIndexes ?? []).Select(i => Read(i.IndexName, i.KeySchema, i.Projection)).OrderBy(i => i.Name, StringComparer.Ordinal).ToArray(),
            VectorIndexes = (table.VectorIndexes ?? []).Select(i => i.IndexName).OrderBy(n => n, StringComparer.Ordinal).ToArray(),
            EncryptionType = isKms ? table.SSEDescription!.SSEType?.Value : null,
            EncryptionKey = isKms ? table.SSEDescription!.KMSMasterKeyArn : null,
            TableClass = table.TableClassSummary?.TableClass?.Value ?? Amazon.DynamoDBv2.TableClass.STANDARD.Value,
            DeletionProtection = table.DeletionProtectionEnabled == true,
            StreamViewType = isStream ? table.StreamSpecification!.StreamViewType?.Value : null,
            StreamArn = isStream ? table.LatestStreamArn : null,
        };
    }

    public static IndexSettings Read(string name, IEnumerable<KeySchemaElement> key, Projection projection) => new()
    {
        Name = name,
        Key = key.Select(k => new KeyValuePair<string, string>(k.AttributeName, k.KeyType.Value)).OrderBy(k => k.Value, StringComparer.Ordinal).ToArray(),
        Projection = projection.ProjectionType.Value,
        NonKeyAttributes = projection.NonKeyAttributes ?? [],
    };

    private static IndexSettings Read(GlobalSecondaryIndexDescription index, bool isProvisioned) => Read(index.IndexName, index.KeySchema, index.Projection) with
    {
        Provisioned = isProvisioned ? Units(index.ProvisionedThroughput?.ReadCapacityUnits, index.ProvisionedThroughput?.WriteCapacityUnits) : null,
        OnDemand = Units(index.OnDemandThroughput?.MaxReadRequestUnits, index.OnDemandThroughput?.MaxWriteRequestUnits),
        Warm = Units(index.WarmThroughput?.ReadUnitsPerSecond, index.WarmThroughput?.WriteUnitsPerSecond),
    };

    private static Throughput? Units(long? read, long? write) => (read ?? -1) <= 0 && (write ?? -1) <= 0 ? null : new Throughput(read ?? -1, write ?? -1);
}
