namespace DynamoBatch.Core.Batching;

/// <summary>The kinds of request that a write can go by. A request holds writes of one kind.</summary>
internal enum WriteRoute
{
    /// <summary>BatchWriteItem: puts and deletes.</summary>
    Batch,

    /// <summary>BatchExecuteStatement: PartiQL statements.</summary>
    Statements,

    /// <summary>A request for one item alone.</summary>
    Single,
}
