using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;
using DynamoBatch.Output;

namespace DynamoBatch.Pipeline;

/// <summary>Routes objects that are written: a table opened has its schema, its encoder, and the answer to the one question a table.</summary>
internal sealed class TableRouter : TableRoutes<TableRun>
{
    private readonly WriteCommand _command;
    private readonly DdbConnection _connection;
    private readonly Crossing _crossing;
    private readonly IReadOnlyDictionary<string, AttributeType>? _types;

    public TableRouter(WriteCommand command, DdbConnection connection, Crossing crossing, IReadOnlyDictionary<string, AttributeType>? types)
        : base(command, command.TableName, command.TableNameProperty, connection, crossing)
    {
        _command = command;
        _connection = connection;
        _crossing = crossing;
        _types = types;
    }

    /// <summary>Whether this is a dry run. PowerShell says so of a table only once its schema is known and it has been asked for.</summary>
    public bool IsDryRun => _command.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? whatIf)
        ? whatIf is SwitchParameter { IsPresent: true }
        : Tables.Any(t => t.Mode is TableMode.DryRun) || LanguagePrimitives.IsTrue(_command.SessionState.PSVariable.GetValue("WhatIfPreference"));

    protected override TableRun Create(string name) => new(name);

    protected override void Opened(TableRun table, TableSchema schema)
    {
        try
        {
            table.Planner = _command.CreatePlanner(schema);
        }
        catch (DdbException exception)
        {
            table.Failure = exception;
            return;
        }

        table.Table = new WriteTable(schema, Tables.Count);
        table.Encoder = CreateEncoder(schema, table.Planner is not null);
        table.Mode = Ask(table.Name);
    }

    protected override void CountAbandoned(TableRun table)
    {
        table.Counts.Accepted++;
        table.Counts.NotSent++;
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
            TtlAttribute = () => Crossing.Take(_connection.GetTtlAttributeAsync(
                schema.TableName, reason => _crossing.Warn(reason + " So dates are written as text."), _command.StopToken)),
        };
        WriteVerb verb = _command.GetVerb();
        return new ObjectEncoder(
            schema,
            options,
            _command.ExcludeProperty,
            _command.TableNameProperty,
            keyOnly: verb is WriteVerb.Delete,
            keepAttributes,
            bareKeys: verb is WriteVerb.Delete or WriteVerb.Update);
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
}
