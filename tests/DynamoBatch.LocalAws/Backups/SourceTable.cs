using System.Text.Json.Nodes;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>What a table was when its backup was asked for.</summary>
/// <param name="Table">As DescribeTable tells it.</param>
/// <param name="TimeToLive">As DescribeTimeToLive tells it.</param>
internal sealed record SourceTable(JsonObject Table, JsonNode? TimeToLive);
