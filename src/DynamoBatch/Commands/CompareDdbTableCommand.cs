using System.Management.Automation;
using DynamoBatch.Completion;
using DynamoBatch.Output;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Commands;

/// <summary>Tells in what two tables differ.</summary>
[Cmdlet(VerbsData.Compare, "DdbTable")]
[OutputType(typeof(TableDifference))]
public sealed class CompareDdbTableCommand : ReadCommand
{
    private CompareRun? _run;

    /// <summary>The table that is compared with.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string? ReferenceTableName { get; set; }

    /// <summary>The table that is compared.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string? DifferenceTableName { get; set; }

    /// <summary>Tells what is equal too.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>Only items whose partition key, a text, begins so.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyPrefix { get; set; }

    /// <summary>Only pairs of which it is true for one of the two items.</summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? FilterScript { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _run = new CompareRun(this);
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
