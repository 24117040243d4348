using System;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>Puts an item that vanished, where none is. As Write-DdbBatch -NoClobber does it: 25 to a request where they fit.</summary>
internal sealed class FencedPut : FencedRequest
{
    private readonly ItemRequest _insert;

    /// <param name="insert">The insert of all items that have the same attributes.</param>
    public FencedPut(ItemRequest insert) => _insert = insert;

    public override string Operation => _insert.Operation;

    public override bool HasStatement => _insert.HasStatement;

    public override int Overhead => _insert.Overhead;

    public override void WriteBody(JsonBuffer json, WriteOperation operation) => _insert.WriteBody(json, operation);

    public override void WriteStatement(JsonBuffer json, WriteOperation operation) => _insert.WriteStatement(json, operation);

    /// <summary>The answer to a statement does not show the item that is there; that to a request of its own does.</summary>
    public override ItemReply Judge(WriteOperation operation, ReadOnlyMemory<byte> present, bool mayHaveLanded) =>
        present.IsEmpty && !operation.ByItself && HasStatement ? new ItemReply(ItemReplyKind.ByItself) : base.Judge(operation, present, mayHaveLanded);
}
