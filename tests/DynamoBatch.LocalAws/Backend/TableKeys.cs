using System;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backend;

/// <summary>The key attributes of tables, asked of the backend once.</summary>
internal sealed class TableKeys(Forwarder backend)
{
    private readonly ConcurrentDictionary<string, KeyNames> _known = new(StringComparer.Ordinal);

    /// <summary>Null when there is no such table.</summary>
    public ValueTask<KeyNames?> GetAsync(string table, CancellationToken cancellationToken) =>
        _known.TryGetValue(table, out var names) ? new(names) : new(AskAsync(table, cancellationToken));

    /// <summary>The table may have another key from now on.</summary>
    public void Forget(string table) => _known.TryRemove(table, out _);

    private async Task<KeyNames?> AskAsync(string table, CancellationToken cancellationToken)
    {
        var answer = await backend.CallAsync("DescribeTable", $"{{\"TableName\":{JsonSerializer.Serialize(table)}}}", cancellationToken);
        if (!answer.Succeeded)
        {
            return null;
        }

        string? partitionKey = null;
        string? sortKey = null;
        using var json = JsonDocument.Parse(answer.Body);
        var described = json.RootElement.GetProperty("Table");
        foreach (var key in described.GetProperty("KeySchema").EnumerateArray())
        {
            var name = key.GetProperty("AttributeName").GetString();
            if (key.GetProperty("KeyType").ValueEquals("HASH"))
            {
                partitionKey = name;
            }
            else
            {
                sortKey = name;
            }
        }

        return partitionKey is null ? null : _known[table] = new KeyNames(
            partitionKey, sortKey, described.TryGetProperty("TableId", out var id) ? id.GetString()! : table);
    }
}
