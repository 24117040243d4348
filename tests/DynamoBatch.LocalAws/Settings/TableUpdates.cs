using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>CreateTable and UpdateTable: takes out of a request what the backend does not know, and keeps it.</summary>
internal sealed class TableUpdates(TableSettingsStore store, TableDescriptions descriptions, ResourcePolicies policies)
{
    private const string IndexUpdates = "GlobalSecondaryIndexUpdates";
    private static readonly string[] s_changesNothing = ["TableName", "AttributeDefinitions"];

    public async Task<Answer> CreateAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var answer = await call.ForwardAsync(call.Body, cancellationToken);
        if (!answer.Succeeded || SettingsJson.TryParse(call.Body) is not { } request
            || SettingsJson.TryParse(answer.Body)?["TableDescription"] is not JsonObject description)
        {
            return answer;
        }

        var settings = store.Of(description);
        KeepWarm(settings, "", request["WarmThroughput"]);
        foreach (var index in request["GlobalSecondaryIndexes"] as JsonArray ?? [])
        {
            KeepWarm(settings, index.Text("IndexName") ?? "", index.Member("WarmThroughput"));
        }

        if (request.Text("ResourcePolicy") is { } policy)
        {
            policies.Attach(settings, policy);
        }

        return descriptions.Complete(answer, "TableDescription");
    }

    public async Task<Answer> UpdateAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (SettingsJson.TryParse(call.Body) is not { } request
            || await store.FindAsync(request.Text("TableName"), cancellationToken) is not var (description, settings))
        {
            return await call.ForwardAsync(call.Body, cancellationToken);
        }

        descriptions.Complete(description);
        if (UpdateRules.Refuse(request, description, settings) is { } refusal)
        {
            return refusal;
        }

        var changes = Take(request, settings, description);
        var answer = changes.Count == 0 ? await call.ForwardAsync(call.Body, cancellationToken)
            : request.Any(m => !s_changesNothing.Contains(m.Key)) ? await call.ForwardAsync(SettingsJson.Bytes(request), cancellationToken)
            : SettingsJson.Answer(new JsonObject { ["TableDescription"] = description });
        if (answer.Succeeded)
        {
            changes.ForEach(change => change());
            Forget(request, settings);
        }

        return descriptions.Complete(answer, "TableDescription");
    }

    /// <summary>What to keep once the backend has done the rest, which stays in the request.</summary>
    private static List<Action> Take(JsonObject request, TableSettings settings, JsonObject description)
    {
        var changes = new List<Action>();
        TakeWarm(request, "");
        if (Take(request, "SSESpecification") is { } encryption)
        {
            changes.Add(() => settings.Encryption = EncryptionOf(encryption, description));
        }

        foreach (var update in Take(request, "ReplicaUpdates") as JsonArray ?? [])
        {
            changes.Add(() => Change(settings, update));
        }

        foreach (var update in (request[IndexUpdates] as JsonArray ?? []).ToArray())
        {
            TakeWarm(update.Member("Create") as JsonObject, update.Member("Create").Text("IndexName"));
            TakeWarm(update.Member("Update") as JsonObject, update.Member("Update").Text("IndexName"));
            if (update.Member("Update") is JsonObject { Count: 1 })
            {
                request[IndexUpdates]!.AsArray().Remove(update);
            }
        }

        if (request[IndexUpdates] is JsonArray { Count: 0 })
        {
            request.Remove(IndexUpdates);
        }

        return changes;

        void TakeWarm(JsonObject? from, string? index)
        {
            if (from is not null && Take(from, "WarmThroughput") is { } warm)
            {
                changes.Add(() => KeepWarm(settings, index ?? "", warm));
            }
        }
    }

    private static JsonNode? Take(JsonObject from, string name)
    {
        var member = from[name];
        from.Remove(name);
        return member;
    }

    private static void KeepWarm(TableSettings settings, string index, JsonNode? warm)
    {
        if (warm is not null)
        {
            var before = settings.Warm.GetValueOrDefault(index);
            settings.Warm[index] = new WarmThroughput(warm.Whole("ReadUnitsPerSecond") ?? before?.Read, warm.Whole("WriteUnitsPerSecond") ?? before?.Write);
        }
    }

    private static Encryption EncryptionOf(JsonNode specification, JsonObject description)
    {
        if (specification.Flag("Enabled") != true)
        {
            return new Encryption(null);
        }

        var key = specification.Text("KMSMasterKeyId");
        return new Encryption(key is null ? description["SSEDescription"].Text("KMSMasterKeyArn") ?? "arn:aws:kms:us-east-1:000000000000:key/local"
            : key.StartsWith("arn:", StringComparison.Ordinal) ? key
            : "arn:aws:kms:us-east-1:000000000000:key/" + key);
    }

    private static void Change(TableSettings settings, JsonNode? update)
    {
        if ((update.Member("Create") ?? update.Member("Update")) is { } replica && replica.Text("RegionName") is { } region)
        {
            settings.Replicas[region] = new Replica(replica.Text("TableClassOverride"), replica.Text("KMSMasterKeyId"));
        }
        else if (update.Member("Delete").Text("RegionName") is { } gone)
        {
            settings.Replicas.TryRemove(gone, out _);
        }
    }

    // An index made anew under the name has settings of its own.
    private static void Forget(JsonObject request, TableSettings settings)
    {
        foreach (var update in request[IndexUpdates] as JsonArray ?? [])
        {
            if (update.Member("Delete").Text("IndexName") is { } index)
            {
                settings.Warm.TryRemove(index, out _);
                settings.Insights.TryRemove(index, out _);
            }
        }
    }
}
