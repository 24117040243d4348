using System.Text.Json.Nodes;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>The forms in which AWS tells of a backup.</summary>
internal static class BackupDescription
{
    public static JsonObject Details(Backup backup, string status)
    {
        var details = new JsonObject
        {
            ["BackupArn"] = backup.Arn,
            ["BackupName"] = backup.Name,
            ["BackupSizeBytes"] = backup.Bytes,
            ["BackupStatus"] = status,
            ["BackupType"] = backup.IsSystem ? "SYSTEM" : "USER",
            ["BackupCreationDateTime"] = BackupRequest.Epoch(backup.Created),
        };
        if (backup.Expires is { } expires)
        {
            details["BackupExpiryDateTime"] = BackupRequest.Epoch(expires);
        }

        return details;
    }

    public static JsonObject Summary(Backup backup, string status)
    {
        var summary = Details(backup, status);
        Copy(backup.Source.Table, summary, "TableName", "TableId", "TableArn");
        return summary;
    }

    public static JsonObject Whole(Backup backup, string status)
    {
        var table = backup.Source.Table;
        var source = new JsonObject
        {
            ["TableSizeBytes"] = backup.Bytes,
            ["ItemCount"] = backup.Items.Count,
            ["TableCreationDateTime"] = table["CreationDateTime"]?.DeepClone(),
            ["BillingMode"] = (string?)table["BillingModeSummary"]?["BillingMode"] ?? "PROVISIONED",
            ["ProvisionedThroughput"] = Throughput(table["ProvisionedThroughput"]),
        };
        Copy(table, source, "TableName", "TableId", "TableArn", "KeySchema", "OnDemandThroughput");

        var features = new JsonObject();
        Copy(table, features, "SSEDescription");
        if (table["StreamSpecification"] is { } stream)
        {
            features["StreamDescription"] = stream.DeepClone();
        }

        if (backup.Source.TimeToLive is { } timeToLive)
        {
            features["TimeToLiveDescription"] = timeToLive.DeepClone();
        }

        foreach (var kind in new[] { "GlobalSecondaryIndexes", "LocalSecondaryIndexes" })
        {
            if (table[kind] is JsonArray { Count: > 0 } indexes)
            {
                var infos = new JsonArray();
                foreach (var index in indexes)
                {
                    var info = new JsonObject();
                    Copy((JsonObject)index!, info, "IndexName", "KeySchema", "Projection", "OnDemandThroughput");
                    if (kind == "GlobalSecondaryIndexes")
                    {
                        info["ProvisionedThroughput"] = Throughput(index!["ProvisionedThroughput"]);
                    }

                    infos.Add(info);
                }

                features[kind] = infos;
            }
        }

        return new JsonObject
        {
            ["BackupDetails"] = Details(backup, status),
            ["SourceTableDetails"] = source,
            ["SourceTableFeatureDetails"] = features,
        };
    }

    /// <summary>Without the counts that a description has and a request must not.</summary>
    public static JsonObject Throughput(JsonNode? described) => new()
    {
        ["ReadCapacityUnits"] = described?["ReadCapacityUnits"]?.DeepClone() ?? 0,
        ["WriteCapacityUnits"] = described?["WriteCapacityUnits"]?.DeepClone() ?? 0,
    };

    public static void Copy(JsonObject from, JsonObject to, params string[] members)
    {
        foreach (var member in members)
        {
            if (from[member] is { } value)
            {
                to[member] = value.DeepClone();
            }
        }
    }
}
