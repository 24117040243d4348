using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>The CreateTable request of a restore: what a restore takes over of its source, and no more.</summary>
internal static class RestoredTable
{
    /// <summary>Null, and the refusal, when an override does not fit.</summary>
    public static JsonObject? Create(JsonObject source, JsonObject request, out Answer? refusal)
    {
        var create = new JsonObject { ["TableName"] = request["TargetTableName"]!.DeepClone() };
        BackupDescription.Copy(source, create, "KeySchema", "OnDemandThroughput");
        var mode = (string?)request["BillingModeOverride"] ?? (string?)source["BillingModeSummary"]?["BillingMode"] ?? "PROVISIONED";
        create["BillingMode"] = mode;
        var provisioned = mode == "PROVISIONED";
        if (provisioned)
        {
            create["ProvisionedThroughput"] = BackupDescription.Throughput(request["ProvisionedThroughputOverride"] ?? source["ProvisionedThroughput"]);
            create.Remove("OnDemandThroughput");
        }

        if (request["OnDemandThroughputOverride"] is { } onDemand)
        {
            create["OnDemandThroughput"] = onDemand.DeepClone();
        }

        refusal = AddIndexes(create, source, request, "GlobalSecondaryIndexes", "GlobalSecondaryIndexOverride", provisioned)
            ?? AddIndexes(create, source, request, "LocalSecondaryIndexes", "LocalSecondaryIndexOverride", provisioned: false);
        if (refusal is not null)
        {
            return null;
        }

        AddEncryption(create, source, request);
        var keys = Keys(create).Concat(Indexes(create).SelectMany(Keys)).ToHashSet();
        create["AttributeDefinitions"] = new JsonArray(((JsonArray)source["AttributeDefinitions"]!)
            .Where(a => keys.Contains((string)a!["AttributeName"]!)).Select(a => a!.DeepClone()).ToArray());
        return create;
    }

    private static Answer? AddIndexes(JsonObject create, JsonObject source, JsonObject request, string member, string overriding, bool provisioned)
    {
        var existing = source[member] as JsonArray ?? [];
        var wanted = request[overriding] as JsonArray ?? existing;
        var indexes = new JsonArray();
        foreach (var want in wanted)
        {
            var name = (string?)want!["IndexName"];
            var index = existing.FirstOrDefault(i => (string?)i!["IndexName"] == name);
            // All of the source's indexes, some, or none; never another one.
            if (index is null || !JsonNode.DeepEquals(want["KeySchema"], index["KeySchema"])
                || (string?)want["Projection"]?["ProjectionType"] != (string?)index["Projection"]?["ProjectionType"])
            {
                return AwsError.Validation($"One or more parameter values were invalid: {overriding} must match the indexes of the source: {name}");
            }

            var copy = new JsonObject();
            BackupDescription.Copy((JsonObject)index, copy, "IndexName", "KeySchema", "Projection");
            if (provisioned)
            {
                copy["ProvisionedThroughput"] = BackupDescription.Throughput(want["ProvisionedThroughput"] ?? index["ProvisionedThroughput"]);
            }

            indexes.Add(copy);
        }

        if (indexes.Count > 0)
        {
            create[member] = indexes;
        }

        return null;
    }

    private static void AddEncryption(JsonObject create, JsonObject source, JsonObject request)
    {
        if (request["SSESpecificationOverride"] is { } overriding)
        {
            create["SSESpecification"] = overriding.DeepClone();
        }
        else if (source["SSEDescription"] is { } encryption && (string?)encryption["Status"] is "ENABLED" or "UPDATING")
        {
            create["SSESpecification"] = new JsonObject
            {
                ["Enabled"] = true,
                ["SSEType"] = encryption["SSEType"]?.DeepClone(),
                ["KMSMasterKeyId"] = encryption["KMSMasterKeyArn"]?.DeepClone(),
            };
        }
    }

    private static IEnumerable<JsonNode> Indexes(JsonObject create) =>
        (create["GlobalSecondaryIndexes"] as JsonArray ?? []).Concat(create["LocalSecondaryIndexes"] as JsonArray ?? [])!;

    private static IEnumerable<string> Keys(JsonNode schema) => ((JsonArray)schema["KeySchema"]!).Select(k => (string)k!["AttributeName"]!);
}
