using System.Management.Automation;
using DynamoBatch.Completion;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Commands;

/// <summary>Reads items by their keys: 100 to a request, many requests in flight.</summary>
[Cmdlet(VerbsCommunications.Read, "DdbBatch", DefaultParameterSetName = WriteCommand.ByName)]
[OutputType(typeof(PSObject))]
public sealed class ReadDdbBatchCommand : ReadCommand
{
    private BatchReadRun? _run;

    /// <summary>The table's name or ARN.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = WriteCommand.ByName)]
    [Parameter(Position = 0, ParameterSetName = WriteCommand.ByProperty)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string? TableName { get; set; }

    /// <summary>The property that names each key's table.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WriteCommand.ByProperty)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InputPropertyCompleter))]
    public string? TableNameProperty { get; set; }

    /// <summary>The keys: objects that hold them, or bare values where the key is one attribute.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>How many keys will come, if you know: progress then shows how much is done, and how long the rest will take.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? Expected { get; set; }

    /// <summary>Gives the items in the order of their keys.</summary>
    [Parameter]
    public SwitchParameter Ordered { get; set; }

    /// <summary>Says nothing of keys that have no item.</summary>
    [Parameter]
    public SwitchParameter SkipMissing { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _run = new BatchReadRun(this);
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
