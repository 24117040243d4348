using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;
using DynamoBatch.Output;

namespace DynamoBatch.Pipeline;

/// <summary>Finds each object's table, and opens a table when it is first met: schema, encoder, and the one question a table.</summary>
internal sealed class TableRouter
{
    private readonly WriteCommand _command;
    private readonly DdbConnection _connection;
    private readonly Crossing _crossing;
    private readonly IReadOnlyDictionary<string, AttributeType>? _types;
    private readonly Dictionary<string, TableRun> _tables = new(StringComparer.Ordinal);
    private readonly List<TableRun> _inOrder = new();
    private TableRun? _opening;

    public TableRouter(WriteCommand command, DdbConnection connection, Crossing crossing, IReadOnlyDictionary<string, AttributeType>? types)
    {
        _command = command;
        _connection = connection;
        _crossing = crossing;
        _types = types;
    }

    /// <summary>All tables so far, in the order in which they were met.</summary>
    public IReadOnlyList<TableRun> Tables => _inOrder;

    /// <summary>Whether this is a dry run. PowerShell says so of a table only once its schema is known and it has been asked for.</summary>
    public bool IsDryRun => _command.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? whatIf)
        ? whatIf is SwitchParameter { IsPresent: true }
        : _inOrder.Exists(t => t.Mode is TableMode.DryRun) || LanguagePrimitives.IsTrue(_command.SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>The table that an object goes to. The first object of each table waits for its schema.</summary>
    /// <param name="inputObject">The object; null for the table that the command line names.</param>
    /// <param name="serve">Called while waiting.</param>
    [MethodImpl(Jit.Hot)]
    public TableRun Find(PSObject? inputObject, Action serve)
    {
        string? name = inputObject is null || _command.TableNameProperty is null ? _command.TableName : NameIn(inputObject);
        if (_tables.TryGetValue(name ?? string.Empty, out TableRun? known))
        {
            return known;
        }

        var table = new TableRun(name ?? string.Empty);
        if (string.IsNullOrEmpty(name))
        {
            table.Failure = new DdbException(
                FailureKind.TableNotFound,
                $"The object's property '{_command.TableNameProperty}' names no table, or cannot be read. Give it a value, or give -TableName for objects without one.");
        }
        else
        {
            _opening = inputObject is null ? null : table;
            table = Open(table, serve);
            _opening = null;
        }

        _tables.Add(name ?? string.Empty, table);
        if (!_inOrder.Contains(table))
        {
            _inOrder.Add(table);
        }

        return table;
    }

    /// <summary>A run ended while a table was being opened: the object that it was opened for is accounted for there. Null where none was.</summary>
    public TableRun? Abandon()
    {
        TableRun? table = _opening;
        if (table is not null)
        {
            _opening = null;
            table.Counts.Accepted++;
            table.Counts.NotSent++;
            _inOrder.Add(table);
        }

        return table;
    }

    /// <summary>The table's name; empty where the property cannot be read, for then the default must not be taken either.</summary>
    private string? NameIn(PSObject inputObject)
    {
        try
        {
            return ReadName(inputObject);
        }
        catch (GetValueException exception) when (exception.InnerException is not PipelineStoppedException)
        {
            return string.Empty;
        }
    }

    private string? ReadName(PSObject inputObject)
    {
        object? value = inputObject.BaseObject is IDictionary dictionary
            ? Entry(dictionary, _command.TableNameProperty!)
            : inputObject.Properties[_command.TableNameProperty!]?.Value;
        string? name = value is null ? null : Convert.ToString(value is PSObject wrapper ? wrapper.BaseObject : value, CultureInfo.InvariantCulture);
        return string.IsNullOrEmpty(name) ? _command.TableName : name;
    }

    /// <summary>As with any object's property, and as with what is stored, case does not matter; an exact match comes first.</summary>
    private static object? Entry(IDictionary dictionary, string name)
    {
        if (dictionary.Contains(name))
        {
            return dictionary[name];
        }

        foreach (object key in dictionary.Keys)
        {
            if (string.Equals(key as string, name, StringComparison.OrdinalIgnoreCase))
            {
                return dictionary[key];
            }
        }

        return null;
    }

    /// <summary>Opens a table. One that is open already under another name, its ARN perhaps, is that one: the order of a key knows no names.</summary>
    private TableRun Open(TableRun table, Action serve)
    {
        // Elsewhere, and not waited for after Ctrl+C: a credential process that asks for a code cannot be cancelled.
        CancellationToken stop = _command.StopToken;
        Task<TableSchema> reading = Task.Run(() => _connection.GetSchemaAsync(table.Name, _crossing.Verbose, stop), stop);
        while (!reading.IsCompleted && !stop.IsCancellationRequested)
        {
            serve();
            _crossing.Wait(reading, TimeSpan.FromMilliseconds(100));
        }

        if (!reading.IsCompleted || reading.IsCanceled)
        {
            table.Failure = new DdbException(FailureKind.NotSent, "The run was stopped.");
            return table;
        }

        if (reading.IsFaulted)
        {
            Exception fault = reading.Exception!.InnerException!;
            table.Failure = fault as DdbException ?? new DdbException(FailureKind.EndpointUnreachable, fault.Message, fault);
            return table;
        }

        TableSchema schema = Crossing.Take(reading);
        if (_inOrder.Find(other => schema.Arn is not null && other.Table?.Schema.Arn == schema.Arn) is { } same)
        {
            return same;
        }

        _command.WriteVerbose(Describe(schema));
        try
        {
            table.Planner = _command.CreatePlanner(schema);
        }
        catch (DdbException exception)
        {
            table.Failure = exception;
            return table;
        }

        table.Table = new WriteTable(schema, _inOrder.Count);
        table.Encoder = CreateEncoder(schema, table.Planner is not null);
        table.Mode = Ask(table.Name);
        return table;
    }

    private ObjectEncoder CreateEncoder(TableSchema schema, bool keepAttributes)
    {
        var items = _command as ItemWriteCommand;
        var options = new EncodingOptions
        {
            AttributeTypes = _types,
            InferType = items?.InferType ?? false,
            EmptyString = EmptyStringParameter.Read(items?.EmptyString ?? EmptyStringAction.Keep),
            Warn = _crossing.Warn,
            TtlAttribute = () => Crossing.Take(_connection.GetTtlAttributeAsync(schema.TableName, _crossing.Warn, _command.StopToken)),
        };
        return new ObjectEncoder(schema, options, _command.ExcludeProperty, _command.TableNameProperty, _command.GetVerb() is WriteVerb.Delete, keepAttributes);
    }

    private TableMode Ask(string tableName)
    {
        string action = _command.GetVerb() switch
        {
            WriteVerb.Delete => "Delete items",
            WriteVerb.Update => "Update items",
            WriteVerb.Insert => "Put new items",
            _ => "Put items",
        };
        if (_command.ShouldProcess(
            $"{action} in table '{tableName}' at {_connection.Endpoint}.",
            $"{action} in table '{tableName}' at {_connection.Endpoint}?",
            "DynamoBatch",
            out ShouldProcessReason reason))
        {
            return TableMode.Write;
        }

        return reason is ShouldProcessReason.WhatIf ? TableMode.DryRun : TableMode.Declined;
    }

    private static string Describe(TableSchema schema)
    {
        string sort = schema.SortKey is { } key ? $", sort key '{key.Name}' ({key.Type})" : string.Empty;
        return $"Table '{schema.TableName}': partition key '{schema.PartitionKey.Name}' ({schema.PartitionKey.Type}){sort}, {schema.IndexKeys.Count} index key attributes.";
    }
}
