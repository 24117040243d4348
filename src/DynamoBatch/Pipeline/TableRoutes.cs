using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using DynamoBatch.Core;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Pipeline;

/// <summary>Finds each object's table, and opens a table when it is first met.</summary>
/// <typeparam name="T">A table, as the run sees it.</typeparam>
internal abstract class TableRoutes<T>
    where T : class, IRoutedTable
{
    private readonly DdbCommand _command;
    private readonly string? _tableName;
    private readonly string? _tableNameProperty;
    private readonly DdbConnection _connection;
    private readonly Crossing _crossing;
    private readonly Dictionary<string, T> _tables = new(StringComparer.Ordinal);
    private readonly List<T> _inOrder = new();
    private T? _opening;

    /// <param name="command">The command.</param>
    /// <param name="tableName">The table of objects that name none; null where each must name one.</param>
    /// <param name="tableNameProperty">The property that names an object's table; null where there is one table.</param>
    /// <param name="connection">Where tables are asked for.</param>
    /// <param name="crossing">Where the pipeline thread waits.</param>
    protected TableRoutes(DdbCommand command, string? tableName, string? tableNameProperty, DdbConnection connection, Crossing crossing)
    {
        _command = command;
        _tableName = tableName;
        _tableNameProperty = tableNameProperty;
        _connection = connection;
        _crossing = crossing;
    }

    /// <summary>All tables so far, in the order in which they were met.</summary>
    public IReadOnlyList<T> Tables => _inOrder;

    /// <summary>The table that an object goes to. The first object of each table waits for its schema.</summary>
    /// <param name="inputObject">The object; null for the table that the command line names.</param>
    /// <param name="serve">Called while waiting.</param>
    [MethodImpl(Jit.Hot)]
    public T Find(PSObject? inputObject, Action serve)
    {
        string? name = inputObject is null || _tableNameProperty is null ? _tableName : NameIn(inputObject);
        if (_tables.TryGetValue(name ?? string.Empty, out T? known))
        {
            return known;
        }

        T table = Create(name ?? string.Empty);
        if (string.IsNullOrEmpty(name))
        {
            table.Failure = new DdbException(
                FailureKind.TableNotFound,
                $"The object's property '{_tableNameProperty}' names no table, or cannot be read. Give it a value, or give -TableName for objects without one.");
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
    public T? Abandon()
    {
        T? table = _opening;
        if (table is not null)
        {
            _opening = null;
            CountAbandoned(table);
            _inOrder.Add(table);
        }

        return table;
    }

    /// <summary>Makes a table that is not open yet.</summary>
    protected abstract T Create(string name);

    /// <summary>A table's schema is known.</summary>
    protected abstract void Opened(T table, TableSchema schema);

    /// <summary>Counts an object that was taken, and then not looked at.</summary>
    protected abstract void CountAbandoned(T table);

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
            ? Entry(dictionary, _tableNameProperty!)
            : inputObject.Properties[_tableNameProperty!]?.Value;
        string? name = value is null ? null : Convert.ToString(value is PSObject wrapper ? wrapper.BaseObject : value, CultureInfo.InvariantCulture);
        return string.IsNullOrEmpty(name) ? _tableName : name;
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

    /// <summary>Opens a table. One that is open already under another name, its ARN perhaps, is that one: a key knows no names.</summary>
    private T Open(T table, Action serve)
    {
        (TableSchema? schema, table.Failure) = SchemaRequest.Wait(_command, _connection, table.Name, _crossing, serve);
        if (schema is null)
        {
            return table;
        }

        if (_inOrder.Find(other => schema.Arn is not null && other.Arn == schema.Arn) is { } same)
        {
            return same;
        }

        Opened(table, schema);
        return table;
    }
}
