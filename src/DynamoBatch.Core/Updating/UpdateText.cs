using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using static DynamoBatch.Core.Updating.ExpressionText;

namespace DynamoBatch.Core.Updating;

/// <summary>The body of an UpdateItem request, or of a transaction of one update: its text, with gaps for an item's bytes.</summary>
internal sealed class UpdateText
{
    /// <summary>Bytes of an expression at most. (Developer guide: quotas.)</summary>
    private const int MaxExpression = 4096;

    private readonly bool _asTransaction;
    private readonly byte[] _beforeKey;
    private readonly byte[] _afterKey;
    private readonly List<(byte[] Before, int Attribute)> _values = [];
    private readonly byte[] _end;

    public UpdateText(TableSchema schema, UpdateOptions options, IReadOnlyList<EncodedAttribute> attributes, UpdateParts parts, bool asTransaction)
    {
        _asTransaction = asTransaction;
        var names = new ExpressionText();
        names.Add(options.ConditionNames);
        string update = Update(options, attributes, parts, names);
        string? condition = Condition(schema, options, parts, names);
        IsTooLong = update.Length > MaxExpression || condition?.Length > MaxExpression;

        _beforeKey = Bytes($"\"TableName\":{Quote(schema.TableName)},\"Key\":");
        _afterKey = Bytes(
            $",\"UpdateExpression\":{Quote(update)}"
            + (condition is null ? string.Empty : $",\"ConditionExpression\":{Quote(condition)},\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"")
            + $",\"ExpressionAttributeNames\":{names.NamesJson()}");
        string fixedValues = FixedValues(options);
        string close = fixedValues.Length > 0 || _values.Count > 0 ? "}" : string.Empty;
        _end = Bytes(
            (fixedValues.Length == 0 ? string.Empty : (_values.Count > 0 ? "," : ValuesOpen) + fixedValues)
            + close
            + (asTransaction ? "}}]}" : $",\"ReturnConsumedCapacity\":\"TOTAL\"{ReturnValues(options.Returned)}}}"));
    }

    private const string ValuesOpen = ",\"ExpressionAttributeValues\":{";

    /// <summary>Whether DynamoDB would refuse the expression for its length.</summary>
    public bool IsTooLong { get; }

    public void WriteBody(JsonBuffer json, WriteOperation operation)
    {
        if (_asTransaction)
        {
            json.Raw("{\"ClientRequestToken\":\""u8);
            json.Raw(Bytes(operation.Token));
            json.Raw("\",\"ReturnConsumedCapacity\":\"TOTAL\",\"TransactItems\":[{\"Update\":"u8);
        }

        json.Raw("{"u8);
        json.Raw(_beforeKey);
        json.Raw(operation.Item.Key.Span);
        json.Raw(_afterKey);
        foreach ((byte[] before, int attribute) in _values)
        {
            json.Raw(before);
            json.Raw(operation.Item.ValueOf(operation.Item.AttributeSpan[attribute]).Span);
        }

        json.Raw(_end);
    }

    private static string ReturnValues(ReturnedItem returned) => returned switch
    {
        ReturnedItem.Old => ",\"ReturnValues\":\"ALL_OLD\"",
        ReturnedItem.New => ",\"ReturnValues\":\"ALL_NEW\"",
        _ => string.Empty,
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A placeholder for the object's value of an attribute.</summary>
    private string Value(int attribute)
    {
        string placeholder = ":_" + Number(attribute);
        if (!_values.Exists(v => v.Attribute == attribute))
        {
            _values.Add((Bytes((_values.Count == 0 ? ValuesOpen : ",") + $"\"{placeholder}\":"), attribute));
        }

        return placeholder;
    }

    private string Update(UpdateOptions options, IReadOnlyList<EncodedAttribute> attributes, UpdateParts parts, ExpressionText names)
    {
        var clauses = new List<string>();
        if (parts.Set.Count > 0)
        {
            clauses.Add("SET " + string.Join(",", parts.Set.Select(i => $"{names.Name(attributes[i].Name)}={Value(i)}")));
        }

        if (options.Remove.Count > 0)
        {
            clauses.Add("REMOVE " + string.Join(",", options.Remove.Select(names.Name)));
        }

        if (options.Increment.Count > 0)
        {
            int fixedValue = 0;
            clauses.Add("ADD " + string.Join(",", options.Increment.Select(
                c => $"{names.Name(c.Key)} {(c.Value is null ? Value(parts.Increment[c.Key]) : Amount(fixedValue++))}")));
        }

        return string.Join(" ", clauses);
    }

    private string? Condition(TableSchema schema, UpdateOptions options, UpdateParts parts, ExpressionText names)
    {
        var conditions = new List<string>();
        if (!options.Upsert)
        {
            conditions.Add($"attribute_exists({names.Name(schema.PartitionKey.Name)})");
        }

        conditions.AddRange(parts.Match.Select(m => $"{names.Name(m.Key)}={Value(m.Value)}"));
        if (options.Condition is not null)
        {
            conditions.Add($"({options.Condition})");
        }

        return conditions.Count == 0 ? null : string.Join(" AND ", conditions);
    }

    private static string Amount(int number) => ":_a" + Number(number);

    private static string FixedValues(UpdateOptions options)
    {
        int number = 0;
        IEnumerable<string> amounts = options.Increment.Values.Where(v => v is not null)
            .Select(v => $"\"{Amount(number++)}\":{System.Text.Encoding.UTF8.GetString(v!)}");
        IEnumerable<string> values = options.ConditionValues.Select(v => $"{Quote(v.Key)}:{System.Text.Encoding.UTF8.GetString(v.Value)}");
        return string.Join(",", amounts.Concat(values));
    }
}
