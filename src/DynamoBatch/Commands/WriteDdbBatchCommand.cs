using System.Management.Automation;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Updating;
using DynamoBatch.Output;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Commands;

/// <summary>Puts objects into DynamoDB tables: 25 to a request, many requests in flight, each key in the pipeline's order.</summary>
[Cmdlet(VerbsCommunications.Write, "DdbBatch", SupportsShouldProcess = true, DefaultParameterSetName = ByName)]
[OutputType(typeof(BatchSummary), typeof(PSObject))]
public sealed class WriteDdbBatchCommand : ItemWriteCommand
{
    /// <summary>Puts only where there is no item with the key; each other object is an error, DuplicateItem.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    internal override WriteVerb GetVerb() => NoClobber ? WriteVerb.Insert : WriteVerb.Put;

    /// <inheritdoc/>
    internal override IRequestPlanner? CreatePlanner(TableSchema schema) =>
        NoClobber ? new RequestPlanner(attributes => new InsertShape(schema, attributes)) : null;
}
