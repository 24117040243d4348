using System;
using System.Collections.Generic;
using System.Linq;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>What a backup must be asked for so that its table gets the indexes, capacity and encryption of the table that was.</summary>
internal static class RestoreTargets
{
    /// <summary>Refuses a backup that lacks a local index: those are made with the table, or never.</summary>
    /// <exception cref="RestoreException">TableNotSuitable.</exception>
    public static void RequireLocalIndexes(TableSettings settings, BackupDescription backup)
    {
        HashSet<string> there = new(LocalIndexes(backup).Select(i => i.Shape), StringComparer.Ordinal);
        if (settings.LocalIndexes.FirstOrDefault(i => !there.Contains(i.Shape)) is { } missing)
        {
            throw new RestoreException(
                RestoreProblem.TableNotSuitable,
                $"Backup '{backup.BackupDetails.BackupArn}' lacks the local index '{missing.Name}' of table '{settings.TableName}' as it is now, and a local index can only be made together with its table. Use -Method Reconcile, which keeps the table.");
        }
    }

    /// <summary>The global indexes that have to be made after the restore, as the backup lacks them.</summary>
    public static IReadOnlyList<IndexSettings> MissingIndexes(TableSettings settings, BackupDescription backup)
    {
        HashSet<string> there = new(GlobalIndexes(backup).Select(i => i.Shape), StringComparer.Ordinal);
        return settings.GlobalIndexes.Where(i => !there.Contains(i.Shape)).ToArray();
    }

    public static RestoreTarget For(TableSettings settings, BackupDescription backup)
    {
        bool isProvisioned = settings.BillingMode == BillingMode.PROVISIONED.Value;
        HashSet<string> there = new(GlobalIndexes(backup).Select(i => i.Shape), StringComparer.Ordinal);
        IndexSettings[] wanted = settings.GlobalIndexes.Where(i => there.Contains(i.Shape)).ToArray();
        bool isOther = there.Count != wanted.Length || wanted.Any(i => isProvisioned || i.OnDemand is not null);
        return new RestoreTarget(settings.TableName)
        {
            BillingMode = BillingMode.FindValue(settings.BillingMode),
            ProvisionedThroughput = isProvisioned && settings.Provisioned is { } units ? new ProvisionedThroughput(units.Read, units.Write) : null,
            OnDemandThroughput = ToOnDemand(settings.OnDemand),
            GlobalIndexes = isOther ? wanted.Select(i => ToGlobalIndex(i, isProvisioned)).ToList() : null,
            LocalIndexes = LocalIndexes(backup).Count() == settings.LocalIndexes.Count
                ? null
                : settings.LocalIndexes.Select(i => new LocalSecondaryIndex { IndexName = i.Name, KeySchema = ToKey(i), Projection = ToProjection(i) }).ToList(),
            Encryption = ToEncryption(settings, backup.SourceTableFeatureDetails?.SSEDescription),
        };
    }

    public static GlobalSecondaryIndex ToGlobalIndex(IndexSettings index, bool isProvisioned) => new()
    {
        IndexName = index.Name,
        KeySchema = ToKey(index),
        Projection = ToProjection(index),
        ProvisionedThroughput = isProvisioned && index.Provisioned is { } units ? new ProvisionedThroughput(units.Read, units.Write) : null,
        OnDemandThroughput = ToOnDemand(index.OnDemand),
    };

    public static List<KeySchemaElement> ToKey(IndexSettings index) =>
        index.Key.Select(k => new KeySchemaElement(k.Key, KeyType.FindValue(k.Value))).ToList();

    public static Projection ToProjection(IndexSettings index) => new()
    {
        ProjectionType = ProjectionType.FindValue(index.Projection),
        NonKeyAttributes = index.NonKeyAttributes.Count == 0 ? null : index.NonKeyAttributes.ToList(),
    };

    public static OnDemandThroughput? ToOnDemand(Throughput? units) =>
        units is null ? null : new OnDemandThroughput { MaxReadRequestUnits = units.Read, MaxWriteRequestUnits = units.Write };

    /// <summary>Encryption comes along with a restore, so it is asked for only where the backup's is another.</summary>
    private static SSESpecification? ToEncryption(TableSettings settings, SSEDescription? backup)
    {
        bool isEncrypted = backup?.Status == SSEStatus.ENABLED;
        if (settings.EncryptionType is null)
        {
            return isEncrypted ? new SSESpecification { Enabled = false } : null;
        }

        return isEncrypted && backup!.KMSMasterKeyArn == settings.EncryptionKey
            ? null
            : new SSESpecification { Enabled = true, SSEType = SSEType.FindValue(settings.EncryptionType), KMSMasterKeyId = settings.EncryptionKey };
    }

    private static IEnumerable<IndexSettings> GlobalIndexes(BackupDescription backup) =>
        (backup.SourceTableFeatureDetails?.GlobalSecondaryIndexes ?? []).Select(i => DescriptionReader.Read(i.IndexName, i.KeySchema, i.Projection));

    private static IEnumerable<IndexSettings> LocalIndexes(BackupDescription backup) =>
        (backup.SourceTableFeatureDetails?.LocalSecondaryIndexes ?? []).Select(i => DescriptionReader.Read(i.IndexName, i.KeySchema, i.Projection));
}
