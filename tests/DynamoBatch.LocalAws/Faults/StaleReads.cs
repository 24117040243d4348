using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>
/// Eventually consistent reads. Every write's old image is read and kept for a while; a read that is not consistent may get it.
/// Left alone: reads of an index, with a filter, a projection or as a count; and a Scan or Query does not show again what was deleted.
/// </summary>
internal sealed class StaleReads(Forwarder backend, TableKeys tables, RequestWrites requestWrites, TimeProvider time)
{
    private static readonly string[] s_leftAlone =
        ["IndexName", "FilterExpression", "ScanFilter", "QueryFilter", "ProjectionExpression", "AttributesToGet", "Select"];

    private readonly ConcurrentDictionary<string, (long At, string? Item)> _old = new(StringComparer.Ordinal);
    private long _reads;

    /// <summary>Remembers what a request is about to overwrite.</summary>
    public async Task RememberAsync(string operation, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        foreach (var write in await requestWrites.ReadAsync(operation, body, cancellationToken))
        {
            if (write.Key is not null && await tables.GetAsync(write.Table, cancellationToken) is { } names && KeyJson(names, write) is { } key)
            {
                var get = new JsonObject { ["TableName"] = write.Table, ["ConsistentRead"] = true, ["Key"] = key };
                var answer = await backend.CallAsync("GetItem", get.ToJsonString(), cancellationToken);
                _old[write.Table + " " + write.Key] = (time.GetTimestamp(), JsonNode.Parse(answer.Body)?["Item"]?.ToJsonString());
            }
        }
    }

    /// <summary>A read's answer, with old images where chance has it.</summary>
    public async Task<Answer> ShowAsync(
        string operation, ReadOnlyMemory<byte> body, Answer answer, FaultSettings settings, CancellationToken cancellationToken)
    {
        if (!answer.Succeeded || JsonNode.Parse(body.Span) is not JsonObject request || JsonNode.Parse(answer.Body) is not JsonObject json)
        {
            return answer;
        }

        var draw = new Draw(settings, new SeededRandom(settings.Seed, "stale", Interlocked.Increment(ref _reads)));
        var changed = false;
        if (operation == "BatchGetItem" && request["RequestItems"] is JsonObject perTable && json["Responses"] is JsonObject responses)
        {
            foreach (var (table, get) in perTable)
            {
                if (get is JsonObject keys && IsEventual(keys))
                {
                    var asked = keys["Keys"] as JsonArray ?? [];
                    changed |= await ReplaceAsync(table, (JsonArray)(responses[table] ??= new JsonArray()), asked, draw, cancellationToken);
                }
            }
        }
        else if (operation is "GetItem" or "Query" or "Scan" && IsEventual(request) && (string?)request["TableName"] is { } table)
        {
            var isGet = operation == "GetItem";
            var items = isGet ? (json["Item"] is { } item ? new JsonArray(item.DeepClone()) : []) : json["Items"] as JsonArray ?? [];
            changed = await ReplaceAsync(table, items, isGet ? [request["Key"]?.DeepClone()] : [], draw, cancellationToken);
            if (isGet)
            {
                json.Remove("Item");
                if (items.Count > 0)
                {
                    json["Item"] = items[0]!.DeepClone();
                }
            }
            else if (changed)
            {
                json["Count"] = items.Count;
            }
        }

        return changed ? answer.With(Encoding.UTF8.GetBytes(json.ToJsonString())) : answer;
    }

    private static bool IsEventual(JsonObject request) =>
        request["ConsistentRead"]?.GetValueKind() != JsonValueKind.True && !Array.Exists(s_leftAlone, request.ContainsKey);

    private async Task<bool> ReplaceAsync(string table, JsonArray items, JsonArray asked, Draw draw, CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(table, cancellationToken) is not { } names)
        {
            return false;
        }

        var changed = false;
        var found = new HashSet<string>();
        for (var i = items.Count - 1; i >= 0; i--)
        {
            var key = Key(table, names, items[i]);
            found.Add(key);
            if (TryOld(key, draw, out var old))
            {
                items.RemoveAt(i);
                if (old is not null)
                {
                    items.Insert(i, JsonNode.Parse(old));
                }

                changed = true;
            }
        }

        foreach (var wanted in asked)
        {
            var key = Key(table, names, wanted);
            if (!found.Contains(key) && TryOld(key, draw, out var old) && old is not null)
            {
                items.Add(JsonNode.Parse(old));
                changed = true;
            }
        }

        return changed;
    }

    private bool TryOld(string key, Draw draw, out string? item)
    {
        item = null;
        if (!_old.TryGetValue(key, out var old))
        {
            return false;
        }

        if (time.GetElapsedTime(old.At).TotalMilliseconds >= draw.Settings.WindowMs)
        {
            _old.TryRemove(new KeyValuePair<string, (long, string?)>(key, old));
            return false;
        }

        item = old.Item;
        return draw.Next();
    }

    private static string Key(string table, KeyNames names, JsonNode? attributes) =>
        table + " " + (attributes is null ? null : RequestWrites.KeyOf(names, Encoding.UTF8.GetBytes(attributes.ToJsonString())).Key);

    private static JsonObject? KeyJson(KeyNames names, ItemWrite write)
    {
        var attributes = JsonNode.Parse(write.Attributes.Span) as JsonObject;
        var key = new JsonObject { [names.PartitionKey] = attributes?[names.PartitionKey]?.DeepClone() };
        if (names.SortKey is { } sortKey)
        {
            key[sortKey] = attributes?[sortKey]?.DeepClone();
        }

        return attributes is null ? null : key;
    }

    private sealed class Draw(FaultSettings settings, SeededRandom random)
    {
        private SeededRandom _random = random;

        public StaleReadSettings Settings { get; } = settings.StaleReads!;

        public bool Next() => _random.NextDouble() < Settings.Chance;
    }
}
