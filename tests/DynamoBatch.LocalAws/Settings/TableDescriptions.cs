using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>Puts into a table's description what the backend does not know of it.</summary>
internal sealed class TableDescriptions(TableSettingsStore store)
{
    // What a new on-demand table serves at once.
    private const long DefaultReads = 12_000;
    private const long DefaultWrites = 4_000;

    /// <summary>The answer of CreateTable, UpdateTable (member TableDescription) or DescribeTable (member Table), completed.</summary>
    public Answer Complete(Answer answer, string member)
    {
        if (!answer.Succeeded || SettingsJson.TryParse(answer.Body) is not { } json || json[member] is not JsonObject description)
        {
            return answer;
        }

        Complete(description);
        return answer.With(SettingsJson.Bytes(json));
    }

    /// <summary>Changes the description.</summary>
    public void Complete(JsonObject description)
    {
        var settings = store.Of(description);
        KeepStream(description, settings);
        description["WarmThroughput"] = Warm(description, settings, "");
        foreach (var index in (description["GlobalSecondaryIndexes"] as JsonArray ?? []).OfType<JsonObject>())
        {
            index["WarmThroughput"] = Warm(index, settings, index.Text("IndexName") ?? "");
        }

        if (settings.Encryption is { } encryption)
        {
            description.Remove("SSEDescription");
            if (encryption.KeyArn is not null)
            {
                description["SSEDescription"] = new JsonObject { ["Status"] = "ENABLED", ["SSEType"] = "KMS", ["KMSMasterKeyArn"] = encryption.KeyArn };
            }
        }

        if (!settings.Replicas.IsEmpty)
        {
            description["GlobalTableVersion"] = "2019.11.21";
            description["Replicas"] = new JsonArray([.. settings.Replicas.OrderBy(r => r.Key).Select(r => Describe(r.Key, r.Value))]);
        }
    }

    /// <summary>What a table or an index serves at once.</summary>
    public static (long Read, long Write) WarmUnits(JsonObject described, TableSettings settings, string index)
    {
        var provisioned = described["ProvisionedThroughput"];
        var read = provisioned.Whole("ReadCapacityUnits") is > 0 and var r ? r : DefaultReads;
        var write = provisioned.Whole("WriteCapacityUnits") is > 0 and var w ? w : DefaultWrites;
        var asked = settings.Warm.GetValueOrDefault(index);
        return (asked?.Read ?? read, asked?.Write ?? write);
    }

    private static JsonObject Warm(JsonObject described, TableSettings settings, string index)
    {
        var (read, write) = WarmUnits(described, settings, index);
        return new JsonObject { ["ReadUnitsPerSecond"] = read, ["WriteUnitsPerSecond"] = write, ["Status"] = "ACTIVE" };
    }

    // A stream that is off stays the latest one.
    private static void KeepStream(JsonObject description, TableSettings settings)
    {
        if (description.Text("LatestStreamArn") is { } arn)
        {
            settings.Stream = new LatestStream(arn, description.Text("LatestStreamLabel"));
        }
        else if (settings.Stream is { } stream)
        {
            description["LatestStreamArn"] = stream.Arn;
            description["LatestStreamLabel"] = stream.Label;
        }
    }

    private static JsonObject Describe(string region, Replica replica)
    {
        var described = new JsonObject { ["RegionName"] = region, ["ReplicaStatus"] = "ACTIVE" };
        if (replica.KeyId is not null)
        {
            described["KMSMasterKeyId"] = replica.KeyId;
        }

        if (replica.TableClass is not null)
        {
            described["ReplicaTableClassSummary"] = new JsonObject { ["TableClass"] = replica.TableClass };
        }

        return described;
    }
}
