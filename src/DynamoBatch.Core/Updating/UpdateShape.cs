using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Updating;

/// <summary>The update of all objects that have the same attributes: what becomes of each, and the text around their values.</summary>
internal sealed class UpdateShape : ItemRequest
{
    private readonly UpdateOptions _options;
    private readonly KeyValues _key;
    private readonly UpdateText _text;
    private readonly byte[]? _statement;
    private readonly int[] _set;
    private readonly int[] _counters;
    private readonly int[] _match;

    /// <exception cref="ItemException">Such an object cannot be an update.</exception>
    public UpdateShape(TableSchema schema, UpdateOptions options, IReadOnlyList<EncodedAttribute> attributes)
    {
        _options = options;
        _key = new KeyValues(schema);
        var parts = new UpdateParts(options, attributes);
        _set = parts.Set.ToArray();
        _counters = parts.Increment.Where(c => options.Increment[c.Key] is null).Select(c => c.Value).ToArray();
        _match = parts.Match.Values.ToArray();
        Repeat = RepeatOf(options);
        _text = new UpdateText(schema, options, attributes, parts, asTransaction: Repeat is RepeatRule.ByToken);
        _statement = Statement(schema, attributes);
        if (_statement is null && _text.IsTooLong)
        {
            throw new ItemException(
                FailureKind.ItemRejected,
                $"the object changes {attributes.Count} attributes; the expression for that is over DynamoDB's 4 KB. Change fewer at a time, or put the whole item with Write-DdbBatch.");
        }
    }

    public override string Operation => Repeat is RepeatRule.ByToken ? "TransactWriteItems" : "UpdateItem";

    public override RepeatRule Repeat { get; }

    public override bool HasStatement => _statement is not null;

    public override int Overhead => _statement?.Length ?? 0;

    public override int CostFactor => Repeat is RepeatRule.ByToken ? 2 : 1;

    private bool HasCondition => _options.Condition is not null || _options.Match.Count > 0;

    [MethodImpl(Jit.Hot)]
    public override void Check(EncodedItem item)
    {
        foreach (int index in _counters)
        {
            EncodedAttribute counter = item.AttributeSpan[index];
            if (!item.ValueOf(counter).Span.StartsWith("{\"N\":"u8))
            {
                throw new ItemException(
                    FailureKind.ValueNotSupported, $"attribute '{counter.Name}' is to be counted up by its value, which is no number. Correct it.", counter.Name);
            }
        }
    }

    public override void WriteBody(JsonBuffer json, WriteOperation operation) => _text.WriteBody(json, operation);

    [MethodImpl(Jit.Hot)]
    public override void WriteStatement(JsonBuffer json, WriteOperation operation)
    {
        ReadOnlySpan<EncodedAttribute> attributes = operation.Item.AttributeSpan;
        json.Raw(_statement);
        foreach (int index in _set)
        {
            json.Raw(operation.Item.ValueOf(attributes[index]).Span);
            json.Raw(","u8);
        }

        PartiQL.WriteKeyParameters(json, _key, operation);
        json.Raw("]}"u8);
    }

    public override ItemReply Judge(WriteOperation operation, ReadOnlyMemory<byte> present, bool mayHaveLanded)
    {
        if (!_options.Upsert && (present.IsEmpty || !HasCondition))
        {
            return new ItemReply(
                ItemReplyKind.Unmet, "There is no item with this key. Put it with Write-DdbBatch, or update with -Upsert.", FailureKind.ItemNotFound);
        }

        if (mayHaveLanded && IsShownBy(operation, present))
        {
            // Its own first sending changed what the condition asks for.
            return Accept(operation, _options.Returned is ReturnedItem.New ? present : default, mayHaveLanded);
        }

        string doubt = mayHaveLanded ? " An earlier sending of this update may have been written, and overwritten since: its answer was lost." : string.Empty;
        return new ItemReply(
            ItemReplyKind.Unmet, "The item does not meet the condition, and was left as it is. Read it again and decide." + OtherType(operation, present) + doubt, FailureKind.ConditionFailed);
    }

    public override ItemReply Accept(WriteOperation operation, ReadOnlyMemory<byte> returned, bool mayHaveLanded)
    {
        bool lost = _options.Returned is ReturnedItem.Old && mayHaveLanded && (returned.IsEmpty || IsShownBy(operation, returned));
        return lost
            ? new ItemReply(ItemReplyKind.Written, LostImage)
            : new ItemReply(ItemReplyKind.Written, Returned: _options.Returned is ReturnedItem.None ? default : returned);
    }

    /// <summary>Said where a write is done, but the item as it was before went with a lost answer.</summary>
    internal const string LostImage = "The item as it was before cannot be returned: the answer that held it was lost.";

    private static RepeatRule RepeatOf(UpdateOptions options)
    {
        bool conditioned = options.Condition is not null || options.Match.Count > 0;
        return options.ExactlyOnce && (conditioned || options.Increment.Count > 0) ? RepeatRule.ByToken
            : options.Increment.Count > 0 ? RepeatRule.Never
            : conditioned ? RepeatRule.Checked
            : RepeatRule.Safe;
    }

    private byte[]? Statement(TableSchema schema, IReadOnlyList<EncodedAttribute> attributes)
    {
        bool pure = !_options.Upsert && !HasCondition && _options.Remove.Count == 0 && _options.Increment.Count == 0 && _options.Returned is ReturnedItem.None;
        if (!pure || !PartiQL.IsPlain(schema) || !attributes.All(a => PartiQL.IsPlain(a.Name)))
        {
            return null;
        }

        string sets = string.Join(",", attributes.Select(a => $"\"{a.Name}\"=?"));
        string sort = schema.SortKey is { } key ? $" AND \"{key.Name}\"=?" : string.Empty;
        string statement = $"UPDATE \"{schema.TableName}\" SET {sets} WHERE \"{schema.PartitionKey.Name}\"=?{sort}";
        return statement.Length > PartiQL.MaxStatement ? null : PartiQL.Open(statement);
    }

    /// <summary>Text from a CSV file never equals a number: the likely cause, where the types differ.</summary>
    private string OtherType(WriteOperation operation, ReadOnlyMemory<byte> present)
    {
        if (_match.Length == 0 || present.IsEmpty)
        {
            return string.Empty;
        }

        Dictionary<string, ReadOnlyMemory<byte>> there = ItemAttributes.Of(present);
        foreach (EncodedAttribute attribute in _match.Select(index => operation.Item.Attributes[index]))
        {
            if (there.TryGetValue(attribute.Name, out ReadOnlyMemory<byte> value) && TypeOf(value) != TypeOf(operation.Item.ValueOf(attribute)))
            {
                return $" Attribute '{attribute.Name}' is {TypeOf(value)} in the table and {TypeOf(operation.Item.ValueOf(attribute))} in the object: -AttributeType declares it.";
            }
        }

        return string.Empty;
    }

    private static string TypeOf(ReadOnlyMemory<byte> value)
    {
        var reader = new Utf8JsonReader(value.Span);
        reader.Read();
        reader.Read();
        return reader.GetString()!;
    }

    /// <summary>Whether an item is as this update leaves it.</summary>
    private bool IsShownBy(WriteOperation operation, ReadOnlyMemory<byte> present)
    {
        if (present.IsEmpty || _options.Increment.Count > 0)
        {
            return false;
        }

        Dictionary<string, ReadOnlyMemory<byte>> there = ItemAttributes.Of(present);
        return _options.Remove.All(name => !there.ContainsKey(name)) && _set.All(
            index =>
            {
                EncodedAttribute attribute = operation.Item.Attributes[index];
                return there.TryGetValue(attribute.Name, out ReadOnlyMemory<byte> value)
                    && ValueEquality.AreEqual(value.Span, operation.Item.ValueOf(attribute).Span);
            });
    }
}
