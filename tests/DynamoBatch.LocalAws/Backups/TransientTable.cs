using System;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>A table that is being restored or deleted.</summary>
internal sealed class TransientTable
{
    /// <summary>CREATING or DELETING.</summary>
    public required string Status { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>Of a table that is being deleted.</summary>
    public JsonObject? Description { get; init; }

    /// <summary>The backup that is being restored.</summary>
    public string? BackupArn { get; init; }

    /// <summary>Null until the table of a restore has been made.</summary>
    public string? TableId { get; set; }

    public Task Loading { get; set; } = Task.CompletedTask;

    public bool Starts => Status == "CREATING" && TableId is null;
}
