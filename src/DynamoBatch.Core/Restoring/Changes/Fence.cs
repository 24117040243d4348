using System.Collections.Generic;
using System.Text;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Updating;
using static DynamoBatch.Core.Updating.ExpressionText;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>
/// The condition under which a change may be made: what it changes is still as it was seen. Knows DynamoDB's limits, 4 KB and 300
/// operators to an expression (developer guide: Constraints in Amazon DynamoDB).
/// </summary>
internal sealed class Fence
{
    private const int MaxBytes = 4096;
    private const int MaxOperators = 300;

    private readonly StringBuilder _condition = new();
    private readonly List<(string Placeholder, byte[] Value)> _values = [];
    private int _operators;

    public ExpressionText Names { get; } = new();

    public string Text => _condition.ToString();

    /// <summary>Whether the service would refuse it. What cannot be fenced is not written.</summary>
    public bool IsTooLong => _condition.Length > MaxBytes || _operators > MaxOperators;

    /// <summary>An item with this key must be there.</summary>
    public void Exists(string attribute) => And($"attribute_exists({Names.Name(attribute)})");

    /// <summary>An attribute must be as it was seen, or not be there as it was not.</summary>
    public void IsAsSeen(ItemImage seen, string attribute)
    {
        if (seen[attribute].IsEmpty)
        {
            And($"attribute_not_exists({Names.Name(attribute)})");
        }
        else
        {
            And($"{Names.Name(attribute)}={Value(seen[attribute].ToArray())}");
        }
    }

    /// <summary>An attribute must not be there; left out where there is no room for it any more.</summary>
    public void MayNotExist(string attribute)
    {
        if (_operators + 2 <= MaxOperators && _condition.Length + 40 <= MaxBytes)
        {
            And($"attribute_not_exists({Names.Name(attribute)})");
        }
    }

    /// <summary>A placeholder for a value.</summary>
    public string Value(byte[] value)
    {
        string placeholder = ":_" + _values.Count;
        _values.Add((placeholder, value));
        return placeholder;
    }

    /// <summary>Adds the condition with its names and values to a request's body.</summary>
    public void WriteTo(JsonBuffer json)
    {
        json.Raw(Bytes($",\"ConditionExpression\":{Quote(Text)},\"ExpressionAttributeNames\":{Names.NamesJson()}"));
        for (int i = 0; i < _values.Count; i++)
        {
            json.Raw(Bytes((i == 0 ? ",\"ExpressionAttributeValues\":{" : ",") + Quote(_values[i].Placeholder) + ":"));
            json.Raw(_values[i].Value);
        }

        json.Raw(_values.Count > 0 ? "}"u8 : default);
        json.Raw(",\"ReturnValues\":\"ALL_OLD\",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\",\"ReturnConsumedCapacity\":\"TOTAL\"}"u8);
    }

    private void And(string clause)
    {
        // Each clause is an operator or a function, and each AND between them is one more.
        _operators += _condition.Length == 0 ? 1 : 2;
        _condition.Append(_condition.Length == 0 ? clause : " AND " + clause);
    }
}
