using System;
using System.Management.Automation;
using DynamoBatch.Completion;
using DynamoBatch.Output;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Commands;

/// <summary>Gives a table its content of a time, a backup or another table back, under its own name.</summary>
[Cmdlet(VerbsData.Restore, "DdbTableInPlace", DefaultParameterSetName = Time, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreSummary))]
public sealed class RestoreDdbTableInPlaceCommand : DdbCommand
{
    private const string Time = "PointInTime";
    private const string Latest = "LatestRestorableTime";
    private const string Backup = "Backup";
    private const string Table = "SourceTable";
    private RestoreRun? _run;

    /// <summary>The table's name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string TableName { get; set; } = string.Empty;

    /// <summary>The time whose content is restored.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Time)]
    [Alias("RestoreDateTime")]
    public DateTime? PointInTime { get; set; }

    /// <summary>When the damage had ended: only what happened between the two times is undone.</summary>
    [Parameter(ParameterSetName = Time)]
    public DateTime? DamageEnd { get; set; }

    /// <summary>Restores the latest time that can be restored, some five minutes ago.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Latest)]
    [Alias("UseLatestRestorableTime")]
    public SwitchParameter LatestRestorableTime { get; set; }

    /// <summary>The backup whose content is restored.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Backup)]
    [ValidateNotNullOrEmpty]
    public string? BackupArn { get; set; }

    /// <summary>Another table, whose content is taken.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Table)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string? SourceTableName { get; set; }

    /// <summary>How the table gets its content back.</summary>
    [Parameter]
    public RestoreMethod Method { get; set; }

    /// <summary>Restores only items whose partition key, a text, begins so.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyPrefix { get; set; }

    /// <summary>Restores only items of this partition key.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? PartitionKey { get; set; }

    /// <summary>Restores only items of which this script says so, of the item as it was or as it is.</summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? FilterScript { get; set; }

    /// <summary>Restores only these attributes in items that have changed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AttributeNameCompleter))]
    public string[]? Property { get; set; }

    /// <summary>Only puts again what vanished.</summary>
    [Parameter]
    public SwitchParameter MissingOnly { get; set; }

    /// <summary>Deletes nothing.</summary>
    [Parameter]
    public SwitchParameter KeepNew { get; set; }

    /// <summary>Brings back items too whose time to live has passed.</summary>
    [Parameter]
    public SwitchParameter IncludeExpired { get; set; }

    /// <summary>Finds the difference, and stops before it changes anything.</summary>
    [Parameter]
    public SwitchParameter PrepareOnly { get; set; }

    /// <summary>Stops where there are more changes than that.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? MaxChange { get; set; }

    /// <summary>Overwrites newer writes too, and takes the backup of another table.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Takes every image that is overwritten or deleted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UndoPath { get; set; }

    /// <summary>Keeps what was done, so that the same command goes on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>The name of the scratch table.</summary>
    [Parameter]
    [ValidatePattern("^[a-zA-Z0-9_.-]{3,244}$")]
    public string? ScratchTableName { get; set; }

    /// <summary>Leaves scratch tables for you to look at and to delete.</summary>
    [Parameter]
    public SwitchParameter KeepScratchTable { get; set; }

    /// <summary>Read units a second that the command may consume at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxReadCapacity { get; set; }

    /// <summary>Write units a second that the command may consume at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxWriteCapacity { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _run = new RestoreRun(this);
        _run.Run();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _run?.Dispose();
        }

        base.Dispose(disposing);
    }
}
