using System;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>The settings of all tables, by TableId.</summary>
internal sealed class TableSettingsStore(Forwarder backend)
{
    private readonly ConcurrentDictionary<string, TableSettings> _byTableId = new(StringComparer.Ordinal);

    /// <summary>The settings of the table that a description is of.</summary>
    public TableSettings Of(JsonObject description) => _byTableId.GetOrAdd(description.Text("TableId") ?? "", static _ => new TableSettings());

    /// <summary>The table that has the name now, as the backend describes it; null when there is none.</summary>
    public async Task<(JsonObject Description, TableSettings Settings)?> FindAsync(string? table, CancellationToken cancellationToken)
    {
        if (table is null)
        {
            return null;
        }

        var answer = await backend.CallAsync("DescribeTable", $"{{\"TableName\":{JsonSerializer.Serialize(table)}}}", cancellationToken);
        if (!answer.Succeeded || SettingsJson.TryParse(answer.Body)?["Table"] is not JsonObject description)
        {
            return null;
        }

        description.Parent?.AsObject().Remove("Table");
        return (description, Of(description));
    }

    public static Answer NotFound(string? table) => AwsError.ResourceNotFound($"Requested resource not found: Table: {table} not found");
}
