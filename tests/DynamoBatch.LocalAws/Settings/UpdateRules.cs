using System.Linq;
using System.Text.Json.Nodes;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>What AWS refuses of UpdateTable and the backend does not.</summary>
internal static class UpdateRules
{
    /// <summary>Null: nothing to say against it here.</summary>
    public static Answer? Refuse(JsonObject request, JsonObject description, TableSettings settings) =>
        RefuseStream(request, description) ?? RefuseWarm(request["WarmThroughput"], description, settings, "")
        ?? RefuseReplicas(request["ReplicaUpdates"] as JsonArray ?? [], settings) ?? RefuseIndexes(request, description, settings);

    private static Answer? RefuseStream(JsonObject request, JsonObject description)
    {
        var isOn = description["StreamSpecification"].Flag("StreamEnabled") == true;
        return request["StreamSpecification"].Flag("StreamEnabled") is not { } wanted || wanted != isOn ? null
            : AwsError.Validation((wanted ? "Table already has an enabled stream: TableName: " : "Table has no stream to disable: TableName: ")
                + description.Text("TableName"));
    }

    private static Answer? RefuseWarm(JsonNode? wanted, JsonObject described, TableSettings settings, string index)
    {
        var (read, write) = TableDescriptions.WarmUnits(described, settings, index);
        var name = wanted.Whole("ReadUnitsPerSecond") < read ? "ReadUnitsPerSecond"
            : wanted.Whole("WriteUnitsPerSecond") < write ? "WriteUnitsPerSecond" : null;
        return name is null ? null : AwsError.Validation(
            $"One or more parameter values were invalid: Requested {name} for WarmThroughput for {(index.Length > 0 ? "index " + index : "table")} "
            + "is lower than current WarmThroughput, decreasing WarmThroughput is not supported");
    }

    private static Answer? RefuseReplicas(JsonArray updates, TableSettings settings)
    {
        foreach (var update in updates)
        {
            if (update.Member("Create").Text("RegionName") is { } created && settings.Replicas.ContainsKey(created))
            {
                return AwsError.Validation($"Failed to create a new replica: there is one in {created} already");
            }

            if ((update.Member("Delete").Text("RegionName") ?? update.Member("Update").Text("RegionName")) is { } changed && !settings.Replicas.ContainsKey(changed))
            {
                return AwsError.Validation($"Replica not found: there is none in {changed}");
            }
        }

        return null;
    }

    private static Answer? RefuseIndexes(JsonObject request, JsonObject description, TableSettings settings)
    {
        foreach (var update in request["GlobalSecondaryIndexUpdates"] as JsonArray ?? [])
        {
            if (update.Member("Update") is not { } change || change.Member("WarmThroughput") is not { } warm)
            {
                continue;
            }

            var name = change.Text("IndexName") ?? "";
            var index = (description["GlobalSecondaryIndexes"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(i => i.Text("IndexName") == name);
            var refusal = index is null
                ? AwsError.ResourceNotFound($"Requested resource not found: Index: {name} not found")
                : RefuseWarm(warm, index, settings, name);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;
    }
}
