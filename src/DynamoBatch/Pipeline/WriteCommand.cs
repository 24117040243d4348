using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using DynamoBatch.Completion;
using DynamoBatch.Core;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Updating;

namespace DynamoBatch.Pipeline;

/// <summary>A command that writes the objects of its pipeline, batched.</summary>
public abstract class WriteCommand : DdbCommand
{
    internal const string ByName = "TableName";
    internal const string ByProperty = "TableNameProperty";

    private WriteRun? _run;

    /// <summary>The table's name or ARN.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByName)]
    [Parameter(Position = 0, ParameterSetName = ByProperty)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string? TableName { get; set; }

    /// <summary>The property that names each object's table. It is not stored.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByProperty)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InputPropertyCompleter))]
    public string? TableNameProperty { get; set; }

    /// <summary>The objects to write.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>How many objects will come, if you know: progress then shows how much is done, and how long the rest will take.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? Expected { get; set; }

    /// <summary>Properties to leave out; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InputPropertyCompleter))]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>The type of named text attributes: S, N, B, BOOL, NULL, SS, NS, BS, L, M, Epoch.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AttributeTypeCompleter))]
    public IDictionary? AttributeType { get; set; }

    /// <summary>Write units a second that the command may consume at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxWriteCapacity { get; set; }

    /// <summary>Ends the run when more than so many items have failed.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxFailed { get; set; }

    /// <summary>A file for what was not written.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FailedItemPath { get; set; }

    /// <summary>Adds to an existing -FailedItemPath file.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Replaces an existing -FailedItemPath file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>A file by which the same command over the same input goes on where it was ended, whatever ended it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>Emits each input object once its write is acknowledged.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Whether the command emits items that the service gives back.</summary>
    internal virtual bool ReturnsItems => false;

    /// <summary>What the command does to an item. No property: PowerShell reads all of those, and would need the engine to.</summary>
    internal abstract WriteVerb GetVerb();

    /// <summary>How the writes of a table are asked for, where BatchWriteItem cannot make them; null where it can.</summary>
    /// <exception cref="DdbException">The parameters do not fit the table.</exception>
    internal virtual IRequestPlanner? CreatePlanner(TableSchema schema) => null;

    /// <summary>How the engine is to send.</summary>
    internal WriterOptions GetWriterOptions(Crossing crossing, IWriteJournal? journal) => new()
    {
        ThrottleLimit = ThrottleLimit,
        MaxWriteCapacity = MaxWriteCapacity,
        RetryTimeout = RetryTimeout,
        MaxRetry = MaxRetry,
        TablesFailAlone = TableNameProperty is not null,
        TellSuccesses = PassThru || ReturnsItems,
        Journal = journal,
        Signal = crossing.Signal,
        Log = crossing.Verbose,
    };

    /// <summary>The types that text attributes are converted to. Ends the command where they cannot be read.</summary>
    internal virtual IReadOnlyDictionary<string, AttributeType>? GetAttributeTypes() => AttributeTypeParameter.Parse(this);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (PassThru && ReturnsItems)
        {
            ThrowTerminatingError(ErrorRecords.Parameter("OutputNotClear", "-PassThru emits the input objects, -ReturnOld and -ReturnNew emit items. Choose one.", null));
        }

        _run = new WriteRun(this);
        _run.Begin();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _run!.Process(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing() => _run!.Complete();

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
