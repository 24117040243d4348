using System;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>A change that a restore is to make: the item as it was seen damaged, and as it is wanted. Both as DynamoDB JSON.</summary>
/// <param name="Ordinal">Its place in the file of changes, from 1.</param>
/// <param name="Key">The key, canonical.</param>
/// <param name="Seen">The item as the damage left it; empty where it left none.</param>
/// <param name="Wanted">The item as it shall be; empty where it shall not be.</param>
internal sealed record StagedChange(long Ordinal, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Seen, ReadOnlyMemory<byte> Wanted)
{
    public ChangeKind Kind => Seen.IsEmpty ? ChangeKind.Put : Wanted.IsEmpty ? ChangeKind.Delete : ChangeKind.Update;
}
