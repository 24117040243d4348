using System.Management.Automation;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Updating;
using DynamoBatch.Output;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Commands;

/// <summary>Deletes items by the keys of objects: 25 to a request, many requests in flight, each key in the pipeline's order.</summary>
[Cmdlet(VerbsCommon.Remove, "DdbBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ByName)]
[OutputType(typeof(BatchSummary), typeof(PSObject))]
public sealed class RemoveDdbBatchCommand : WriteCommand
{
    /// <summary>Emits the items that were deleted. Each is then deleted by a request of its own.</summary>
    [Parameter]
    public SwitchParameter ReturnOld { get; set; }

    /// <inheritdoc/>
    internal override bool ReturnsItems => ReturnOld;

    /// <inheritdoc/>
    internal override WriteVerb GetVerb() => WriteVerb.Delete;

    /// <inheritdoc/>
    internal override IRequestPlanner? CreatePlanner(TableSchema schema) => ReturnOld ? new ReturningDelete(schema) : null;
}
