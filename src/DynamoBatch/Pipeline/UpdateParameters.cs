using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using DynamoBatch.Commands;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Updating;

namespace DynamoBatch.Pipeline;

/// <summary>What the parameters of Update-DdbBatch say, read once and checked before anything is sent.</summary>
internal sealed class UpdateParameters
{
    private readonly UpdateOptions _options;

    /// <summary>Reads them; ends the command where they cannot be used.</summary>
    public UpdateParameters(UpdateDdbBatchCommand command)
    {
        string message;
        try
        {
            _options = Read(command);
            return;
        }
        catch (ArgumentException exception)
        {
            message = exception.Message;
        }

        command.ThrowTerminatingError(ErrorRecords.Parameter("UpdateParameterNotValid", message, null));
        throw new InvalidOperationException(message);
    }

    /// <summary>Counters are numbers, also where a CSV file has them as text.</summary>
    public IReadOnlyDictionary<string, AttributeType>? AddCounters(IReadOnlyDictionary<string, AttributeType>? types)
    {
        if (_options.Increment.Count == 0)
        {
            return types;
        }

        var all = new Dictionary<string, AttributeType>(StringComparer.Ordinal);
        foreach (string counter in _options.Increment.Keys)
        {
            all[counter] = AttributeType.N;
        }

        foreach (KeyValuePair<string, AttributeType> declared in types ?? new Dictionary<string, AttributeType>())
        {
            all[declared.Key] = declared.Value;
        }

        return all;
    }

    /// <exception cref="DdbException">A parameter names a key attribute, which no update can change.</exception>
    public IRequestPlanner CreatePlanner(TableSchema schema)
    {
        Refuse(schema, "-RemoveAttribute", _options.Remove);
        Refuse(schema, "-Increment", _options.Increment.Keys);
        Refuse(schema, "-MatchProperty", _options.Match);
        return new RequestPlanner(attributes => new UpdateShape(schema, _options, attributes));
    }

    private static void Refuse(TableSchema schema, string parameter, IEnumerable<string> names)
    {
        if (names.FirstOrDefault(n => n == schema.PartitionKey.Name || n == schema.SortKey?.Name) is { } key)
        {
            throw new DdbException(
                FailureKind.KeyAttributeInvalid,
                $"{parameter} names '{key}', which is part of the key of table '{schema.TableName}'. A key never changes: write the item under its new key, and remove the old one.");
        }
    }

    private static UpdateOptions Read(UpdateDdbBatchCommand command)
    {
        if (command.ReturnOld && command.ReturnNew)
        {
            throw new ArgumentException("-ReturnOld and -ReturnNew exclude each other: DynamoDB returns one image of an item.");
        }

        if (command.ExactlyOnce && command.ReturnsItems)
        {
            throw new ArgumentException("-ExactlyOnce updates by transactions, which return no items. Leave out -ReturnOld and -ReturnNew.");
        }

        var condition = new ExpressionParameter("Condition", command.Condition, command.ConditionName, command.ConditionValue);
        var options = new UpdateOptions
        {
            Remove = (command.RemoveAttribute ?? []).Distinct(StringComparer.Ordinal).ToArray(),
            Increment = Counters(command.Increment),
            Match = (command.MatchProperty ?? []).Distinct(StringComparer.Ordinal).ToArray(),
            Condition = command.Condition,
            ConditionNames = condition.Names,
            ConditionValues = condition.Values,
            Upsert = command.Upsert,
            ExactlyOnce = command.ExactlyOnce,
            Returned = command.ReturnOld ? ReturnedItem.Old : command.ReturnNew ? ReturnedItem.New : ReturnedItem.None,
        };
        return options.Remove.FirstOrDefault(options.Increment.ContainsKey) is { } both
            ? throw new ArgumentException($"'{both}' is named by -RemoveAttribute and by -Increment. An attribute can be removed or counted up, not both.")
            : options;
    }

    private static Dictionary<string, byte[]?> Counters(object? increment)
    {
        var counters = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        var encoder = new SingleValueEncoder(new PSValueAdapter());
        switch (increment is PSObject wrapper ? wrapper.BaseObject : increment)
        {
            case null:
                break;
            case IDictionary amounts:
                foreach (DictionaryEntry amount in amounts)
                {
                    counters[Text(amount.Key)] = Amount(encoder, Text(amount.Key), amount.Value);
                }

                break;
            case IEnumerable names and not string:
                foreach (object name in names)
                {
                    counters[Text(name)] = null;
                }

                break;
            case { } name:
                counters[Text(name)] = null;
                break;
        }

        return counters;
    }

    private static string Text(object? name) =>
        Convert.ToString(name is PSObject wrapper ? wrapper.BaseObject : name, CultureInfo.InvariantCulture) is { Length: > 0 } text
            ? text
            : throw new ArgumentException("-Increment takes names of attributes, or a hash table of names and amounts, such as @{ visits = 1 }.");

    private static byte[] Amount(SingleValueEncoder encoder, string name, object? value)
    {
        byte[] amount;
        try
        {
            amount = encoder.Encode(name, value);
        }
        catch (DdbException exception)
        {
            throw new ArgumentException($"-Increment: {exception.Message}", exception);
        }

        return amount.AsSpan().StartsWith("{\"N\":"u8)
            ? amount
            : throw new ArgumentException($"-Increment: the amount of '{name}' is not a number. Give a number, such as @{{ {name} = 1 }}.");
    }
}
