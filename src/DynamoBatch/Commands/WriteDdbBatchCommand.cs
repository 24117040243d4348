using System.Management.Automation;
using DynamoBatch.Core.Batching;
using DynamoBatch.Output;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Commands;

/// <summary>Puts objects into DynamoDB tables: 25 to a request, many requests in flight, each key in the pipeline's order.</summary>
[Cmdlet(VerbsCommunications.Write, "DdbBatch", SupportsShouldProcess = true, DefaultParameterSetName = ByName)]
[OutputType(typeof(BatchSummary), typeof(PSObject))]
public sealed class WriteDdbBatchCommand : WriteCommand
{
    /// <inheritdoc/>
    internal override WriteVerb GetVerb() => WriteVerb.Put;
}
