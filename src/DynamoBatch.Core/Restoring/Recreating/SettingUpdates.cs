using System;
using System.Collections.Generic;
using System.Linq;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>UpdateTable requests for settings, and the same as arguments of the AWS CLI.</summary>
internal static class SettingUpdates
{
    public static UpdateTableRequest Billing(TableSettings wanted)
    {
        bool isProvisioned = wanted.Provisioned is not null;
        return new UpdateTableRequest
        {
            BillingMode = BillingMode.FindValue(wanted.BillingMode),
            ProvisionedThroughput = wanted.Provisioned is { } units ? new ProvisionedThroughput(units.Read, units.Write) : null,
            OnDemandThroughput = isProvisioned ? null : RestoreTargets.ToOnDemand(wanted.OnDemand ?? new Throughput(-1, -1)),
        };
    }

    public static string BillingArguments(TableSettings wanted) => FormattableString.Invariant($"--billing-mode {wanted.BillingMode}") + (wanted switch
    {
        { Provisioned: { } units } => FormattableString.Invariant($" --provisioned-throughput ReadCapacityUnits={units.Read},WriteCapacityUnits={units.Write}"),
        { OnDemand: { } most } => FormattableString.Invariant($" --on-demand-throughput MaxReadRequestUnits={most.Read},MaxWriteRequestUnits={most.Write}"),
        _ => string.Empty,
    });

    public static string EncryptionCommand(TableSettings wanted) =>
        $"update-table --table-name {wanted.TableName} --sse-specification " +
        (wanted.EncryptionType is null ? "Enabled=false" : $"Enabled=true,SSEType={wanted.EncryptionType},KMSMasterKeyId={wanted.EncryptionKey}");

    public static UpdateTableRequest CreateIndex(TableSettings wanted, IndexSettings index)
    {
        GlobalSecondaryIndex made = RestoreTargets.ToGlobalIndex(index, wanted.Provisioned is not null);
        return new UpdateTableRequest
        {
            AttributeDefinitions = Definitions(wanted, index).Select(a => new AttributeDefinition(a.Key, ScalarAttributeType.FindValue(a.Value))).ToList(),
            GlobalSecondaryIndexUpdates =
            [
                new()
                {
                    Create = new()
                    {
                        IndexName = made.IndexName,
                        KeySchema = made.KeySchema,
                        Projection = made.Projection,
                        ProvisionedThroughput = made.ProvisionedThroughput,
                        OnDemandThroughput = made.OnDemandThroughput,
                    },
                },
            ],
        };
    }

    public static string CreateIndexArguments(TableSettings wanted, IndexSettings index) =>
        $"--attribute-definitions {string.Join(" ", Definitions(wanted, index).Select(a => $"AttributeName={a.Key},AttributeType={a.Value}"))} " +
        $"--global-secondary-index-updates {CliText.Quote(CliText.CreateIndex(RestoreTargets.ToGlobalIndex(index, wanted.Provisioned is not null)))}";

    public static UpdateTableRequest WarmIndex(IndexSettings index) => new()
    {
        GlobalSecondaryIndexUpdates = [new() { Update = new() { IndexName = index.Name, WarmThroughput = ToWarm(index.Warm!) } }],
    };

    public static string WarmIndexArguments(IndexSettings index) =>
        "--global-secondary-index-updates " + CliText.Quote("Update={IndexName=" + index.Name + ",WarmThroughput={" + WarmText(index.Warm!) + "}}");

    public static WarmThroughput ToWarm(Throughput units) => new() { ReadUnitsPerSecond = units.Read, WriteUnitsPerSecond = units.Write };

    public static string WarmText(Throughput units) => FormattableString.Invariant($"ReadUnitsPerSecond={units.Read},WriteUnitsPerSecond={units.Write}");

    /// <summary>Warm throughput can only grow, so more than wanted is as good.</summary>
    public static bool Reaches(Throughput? now, Throughput wanted) => now is not null && now.Read >= wanted.Read && now.Write >= wanted.Write;

    private static IEnumerable<KeyValuePair<string, string>> Definitions(TableSettings wanted, IndexSettings index) =>
        index.Key.Select(k => new KeyValuePair<string, string>(k.Key, wanted.AttributeTypes[k.Key]));
}
