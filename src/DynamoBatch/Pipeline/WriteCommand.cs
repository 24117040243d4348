using System;
using System.Collections;
using System.Management.Automation;
using DynamoBatch.Core.Batching;
using DynamoBatch.Output;

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
    public string? TableName { get; set; }

    /// <summary>The property that names each object's table. It is not stored.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByProperty)]
    [ValidateNotNullOrEmpty]
    public string? TableNameProperty { get; set; }

    /// <summary>The objects to write.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Properties to leave out; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>The type of named text attributes: S, N, B, BOOL, NULL, SS, NS, BS, L, M, Epoch.</summary>
    [Parameter]
    public IDictionary? AttributeType { get; set; }

    /// <summary>Turns text that is exactly a JSON value other than a string into that value.</summary>
    [Parameter]
    public SwitchParameter InferType { get; set; }

    /// <summary>What becomes of an attribute whose text is empty.</summary>
    [Parameter]
    public EmptyStringAction EmptyString { get; set; }

    /// <summary>Requests in flight at most.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 64;

    /// <summary>Write units a second that the command may consume at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxWriteCapacity { get; set; }

    /// <summary>Items give up when nothing was written to their table for that long. A plain number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Tries of one item at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxRetry { get; set; } = 100;

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

    /// <summary>Emits each input object once its write is acknowledged.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What the command does to an item. No property: PowerShell reads all of those, and would need the engine to.</summary>
    internal abstract WriteVerb GetVerb();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
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
