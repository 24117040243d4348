using System;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Batching;

/// <summary>
/// How a write is asked for that BatchWriteItem cannot make, and what the state that it meets means for it. Shared by all writes
/// of one shape; what differs is in the write's item, whose bytes are copied.
/// </summary>
internal abstract class ItemRequest
{
    /// <summary>The operation that it goes by alone, such as UpdateItem.</summary>
    public abstract string Operation { get; }

    /// <summary>Whether it may be sent again after a lost answer.</summary>
    public abstract RepeatRule Repeat { get; }

    /// <summary>Whether it can also go as one of 25 PartiQL statements.</summary>
    public virtual bool HasStatement => false;

    /// <summary>Bytes that the request has beside those of the item, at most.</summary>
    public virtual int Overhead => 0;

    /// <summary>What one write costs, in the units of a put.</summary>
    public virtual int CostFactor => 1;

    /// <summary>Checks what the shape alone does not tell.</summary>
    /// <exception cref="ItemException">The item does not hold what such a write needs.</exception>
    public virtual void Check(EncodedItem item)
    {
    }

    /// <summary>Writes the body of its own request.</summary>
    public abstract void WriteBody(JsonBuffer json, WriteOperation operation);

    /// <summary>Writes it as an element of BatchExecuteStatement's Statements.</summary>
    public virtual void WriteStatement(JsonBuffer json, WriteOperation operation) => throw new NotSupportedException();

    /// <summary>What it means that the service found the condition not met.</summary>
    /// <param name="operation">The write.</param>
    /// <param name="present">The item that is there, as DynamoDB JSON; empty where there is none, or the service did not tell.</param>
    /// <param name="mayHaveLanded">Whether an earlier sending may be the cause.</param>
    public abstract ItemReply Judge(WriteOperation operation, ReadOnlyMemory<byte> present, bool mayHaveLanded);

    /// <summary>What it means that the service did it.</summary>
    /// <param name="operation">The write.</param>
    /// <param name="returned">The item that it gave back, as DynamoDB JSON; empty where it gave none.</param>
    /// <param name="mayHaveLanded">Whether an earlier sending may have done it before.</param>
    public virtual ItemReply Accept(WriteOperation operation, ReadOnlyMemory<byte> returned, bool mayHaveLanded) => new(ItemReplyKind.Written);
}
