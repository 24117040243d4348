using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>The items of a table, and what it was.</summary>
internal sealed record Backup
{
    public required string Arn { get; init; }

    public required string Name { get; init; }

    /// <summary>SYSTEM: the last state of a deleted table.</summary>
    public required bool IsSystem { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>CREATING until then.</summary>
    public required DateTimeOffset Available { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public required SourceTable Source { get; init; }

    public required IReadOnlyList<byte[]> Items { get; init; }

    public required long Bytes { get; init; }

    public string Table => (string)Source.Table["TableName"]!;
}
