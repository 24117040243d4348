using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using static DynamoBatch.Core.Updating.ExpressionText;

namespace DynamoBatch.Core.Updating;

/// <summary>The put, where no item is, of all items that have the same attributes.</summary>
internal sealed class InsertShape : ItemRequest
{
    private readonly KeyValues _key;
    private readonly byte[] _beforeItem;
    private readonly byte[] _afterItem;
    private readonly byte[]? _statement;

    public InsertShape(TableSchema schema, IReadOnlyList<EncodedAttribute> attributes)
    {
        _key = new KeyValues(schema);
        var names = new ExpressionText();
        string condition = $"attribute_not_exists({names.Name(schema.PartitionKey.Name)})";
        _beforeItem = Bytes($"{{\"TableName\":{Quote(schema.TableName)},\"Item\":");
        _afterItem = Bytes(
            $",\"ConditionExpression\":{Quote(condition)},\"ExpressionAttributeNames\":{names.NamesJson()},"
            + "\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\",\"ReturnConsumedCapacity\":\"TOTAL\"}");
        _statement = Statement(schema, attributes);
    }

    public override string Operation => "PutItem";

    public override RepeatRule Repeat => RepeatRule.Checked;

    public override bool HasStatement => _statement is not null;

    public override int Overhead => _statement?.Length ?? 0;

    public override void WriteBody(JsonBuffer json, WriteOperation operation)
    {
        json.Raw(_beforeItem);
        json.Raw(operation.Item.Json.Span);
        json.Raw(_afterItem);
    }

    [MethodImpl(Jit.Hot)]
    public override void WriteStatement(JsonBuffer json, WriteOperation operation)
    {
        json.Raw(_statement);
        PartiQL.WriteKeyParameters(json, _key, operation);
        foreach (EncodedAttribute attribute in operation.Item.AttributeSpan)
        {
            json.Raw(","u8);
            json.Raw(operation.Item.ValueOf(attribute).Span);
        }

        json.Raw("]}"u8);
    }

    public override ItemReply Judge(WriteOperation operation, ReadOnlyMemory<byte> present, bool mayHaveLanded)
    {
        if (mayHaveLanded && present.IsEmpty)
        {
            return new ItemReply(
                ItemReplyKind.Unmet,
                "There is an item with this key, which may be this one: the answer to an earlier sending was lost, and the service does not show the item. Look at it.",
                FailureKind.OutcomeUnknown);
        }

        if (mayHaveLanded && ValueEquality.AreEqual(ItemReader.Read(present.Span), ItemReader.Read(operation.Item.Json.Span)))
        {
            return new ItemReply(ItemReplyKind.Written);
        }

        string doubt = mayHaveLanded ? " An earlier sending of this put may have been written, and changed since: its answer was lost." : string.Empty;
        return new ItemReply(
            ItemReplyKind.Unmet, "There is an item with this key already. Without -NoClobber it would be replaced." + doubt, FailureKind.DuplicateItem);
    }

    private static byte[]? Statement(TableSchema schema, IReadOnlyList<EncodedAttribute> attributes)
    {
        if (!PartiQL.IsPlain(schema) || !attributes.All(a => PartiQL.IsPlain(a.Name)))
        {
            return null;
        }

        IEnumerable<string> keys = schema.SortKey is { } sort ? [schema.PartitionKey.Name, sort.Name] : [schema.PartitionKey.Name];
        string values = string.Join(",", keys.Concat(attributes.Select(a => a.Name)).Select(name => $"'{name}':?"));
        string statement = $"INSERT INTO \"{schema.TableName}\" VALUE {{{values}}}";
        return statement.Length > PartiQL.MaxStatement ? null : PartiQL.Open(statement);
    }
}
