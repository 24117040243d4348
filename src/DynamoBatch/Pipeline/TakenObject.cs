using System.Management.Automation;
using DynamoBatch.Core;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Pipeline;

/// <summary>An object of the pipeline, and what it became: a write, or the reason why it cannot be one.</summary>
/// <param name="Table">Where it goes.</param>
/// <param name="InputObject">The object.</param>
/// <param name="Ordinal">Its place in the pipeline, from one.</param>
/// <param name="Write">The write; null where it was refused.</param>
/// <param name="Refusal">Why it was refused.</param>
internal sealed record TakenObject(TableRun Table, PSObject InputObject, long Ordinal, WriteOperation? Write, DdbException? Refusal);
