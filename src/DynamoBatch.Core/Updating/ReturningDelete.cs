using System;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using static DynamoBatch.Core.Updating.ExpressionText;

namespace DynamoBatch.Core.Updating;

/// <summary>A delete that gives back the item that it deleted, which BatchWriteItem does not.</summary>
internal sealed class ReturningDelete : ItemRequest, IRequestPlanner
{
    private readonly byte[] _beforeKey;

    public ReturningDelete(TableSchema schema) => _beforeKey = Bytes($"{{\"TableName\":{Quote(schema.TableName)},\"Key\":");

    public override string Operation => "DeleteItem";

    public override RepeatRule Repeat => RepeatRule.Safe;

    /// <summary>All deletes of a table have one shape.</summary>
    public ItemRequest Plan(EncodedItem item) => this;

    public override void WriteBody(JsonBuffer json, WriteOperation operation)
    {
        json.Raw(_beforeKey);
        json.Raw(operation.Item.Json.Span);
        json.Raw(",\"ReturnValues\":\"ALL_OLD\",\"ReturnConsumedCapacity\":\"TOTAL\"}"u8);
    }

    public override ItemReply Judge(WriteOperation operation, ReadOnlyMemory<byte> present, bool mayHaveLanded) =>
        new(ItemReplyKind.Refused, "A delete without a condition met one.");

    public override ItemReply Accept(WriteOperation operation, ReadOnlyMemory<byte> returned, bool mayHaveLanded) =>
        new(ItemReplyKind.Written, returned.IsEmpty && mayHaveLanded ? UpdateShape.LostImage : null, Returned: returned);
}
