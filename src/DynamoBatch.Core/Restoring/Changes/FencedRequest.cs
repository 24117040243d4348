using System;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>A change under its fence. Remembers what it met, for the change to be planned anew.</summary>
internal abstract class FencedRequest : ItemRequest
{
    /// <summary>The item that the condition met, where it was not met by it; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Present { get; private set; }

    /// <summary>Whether what is there can be the work of an earlier sending, whose answer was lost.</summary>
    public bool MayHaveLanded { get; private set; }

    public override RepeatRule Repeat => RepeatRule.Checked;

    public override ItemReply Judge(WriteOperation operation, ReadOnlyMemory<byte> present, bool mayHaveLanded)
    {
        // Copied: the answer's buffer is the transport's.
        Present = present.ToArray();
        MayHaveLanded = mayHaveLanded;
        return new ItemReply(ItemReplyKind.Unmet, "The item has changed since.", FailureKind.ConditionFailed);
    }

    public override ItemReply Accept(WriteOperation operation, ReadOnlyMemory<byte> returned, bool mayHaveLanded) =>
        new(ItemReplyKind.Written, Returned: returned.ToArray());
}
