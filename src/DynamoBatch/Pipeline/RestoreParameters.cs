using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using DynamoBatch.Commands;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Tables;
using RestoreMethod = DynamoBatch.Output.RestoreMethod;

namespace DynamoBatch.Pipeline;

/// <summary>Reads the parameters of Restore-DdbTableInPlace. Ends the command where they cannot be used.</summary>
internal sealed class RestoreParameters
{
    // What a table that is restored as a whole has no use for.
    private static readonly string[] ReconcileOnly =
    [
        nameof(RestoreDdbTableInPlaceCommand.KeyPrefix), nameof(RestoreDdbTableInPlaceCommand.PartitionKey), nameof(RestoreDdbTableInPlaceCommand.FilterScript),
        nameof(RestoreDdbTableInPlaceCommand.Property),
        nameof(RestoreDdbTableInPlaceCommand.MissingOnly), nameof(RestoreDdbTableInPlaceCommand.KeepNew), nameof(RestoreDdbTableInPlaceCommand.IncludeExpired),
        nameof(RestoreDdbTableInPlaceCommand.DamageEnd), nameof(RestoreDdbTableInPlaceCommand.MaxChange), nameof(RestoreDdbTableInPlaceCommand.UndoPath),
    ];

    private readonly RestoreDdbTableInPlaceCommand _command;

    public RestoreParameters(RestoreDdbTableInPlaceCommand command)
    {
        _command = command;
        PointInTime = InstantParameter.Read(command, nameof(command.PointInTime), command.PointInTime);
        DamageEnd = InstantParameter.Read(command, nameof(command.DamageEnd), command.DamageEnd);
        UndoPath = command.UndoPath is { } undo ? command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(undo) : null;
        Check();
    }

    public DateTimeOffset? PointInTime { get; }

    public DateTimeOffset? DamageEnd { get; }

    /// <summary>The undo file that the user named; null where none was.</summary>
    public string? UndoPath { get; }

    /// <summary>Whether this is a dry run.</summary>
    public bool IsWhatIf => _command.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? whatIf)
        ? LanguagePrimitives.IsTrue(whatIf)
        : LanguagePrimitives.IsTrue(_command.SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>What makes this command the same restore as another.</summary>
    /// <param name="endpoint">Where the table is.</param>
    /// <param name="schema">The table; null where it is gone, as in the middle of a recreation, which is always of the whole of it.</param>
    public RestoreIdentity Identity(string endpoint, TableSchema? schema) => new()
    {
        Table = _command.TableName,
        Endpoint = endpoint,
        Method = _command.Method is RestoreMethod.Recreate ? Core.Restoring.RestoreMethod.Recreate : Core.Restoring.RestoreMethod.Reconcile,
        PointInTime = PointInTime,
        LatestRestorableTime = _command.LatestRestorableTime,
        BackupArn = _command.BackupArn,
        SourceTableName = _command.SourceTableName,
        DamageEnd = DamageEnd,
        KeyPrefix = _command.KeyPrefix,
        PartitionKey = _command.PartitionKey is null || schema is null ? null : PartitionKeyText(schema),
        FilterScript = ScriptIdentity.Of(_command, _command.FilterScript),
        Attributes = _command.Property,
        MissingOnly = _command.MissingOnly,
        KeepNew = _command.KeepNew,
        IncludeExpired = _command.IncludeExpired,
    };

    /// <summary>The part of a table that is restored.</summary>
    public ComparisonSide Side(TableSchema schema, bool consistent) =>
        _command.KeyPrefix is { } prefix ? ComparisonSide.OfKeyPrefix(schema, prefix, consistent)
        : _command.PartitionKey is { } key ? ComparisonSide.OfPartition(schema, key, new PSValueAdapter(), consistent)
        : ComparisonSide.OfTable(schema, consistent);

    private string PartitionKeyText(TableSchema schema)
    {
        try
        {
            return Encoding.UTF8.GetString(new SingleValueEncoder(new PSValueAdapter()).Encode(schema.PartitionKey, isSortKey: false, _command.PartitionKey));
        }
        catch (DdbException fault)
        {
            throw new DdbException(fault.Kind, "-PartitionKey: " + fault.Message, fault);
        }
    }

    private void Check()
    {
        if (_command.TableName.StartsWith("arn:", StringComparison.Ordinal))
        {
            Refuse($"'{_command.TableName}' is an ARN; -TableName takes the table's name. The region is -Region's.", _command.TableName);
        }

        // It is written to after what may be hours.
        if (UndoPath is { } undo && (Directory.Exists(undo) || !Directory.Exists(Path.GetDirectoryName(undo))))
        {
            Refuse($"-UndoPath '{_command.UndoPath}' is not a file in an existing folder.", _command.UndoPath);
        }

        if (UndoPath is not null && _command.JournalPath is { } journal && UndoPath == _command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(journal))
        {
            Refuse("-UndoPath and -JournalPath name the same file. Name two.", _command.UndoPath);
        }

        if (DamageEnd is { } end && end <= PointInTime)
        {
            Refuse("-DamageEnd is not after -PointInTime. -PointInTime is a time before the damage, -DamageEnd one when it had ended.", _command.DamageEnd);
        }

        if (_command.KeyPrefix is not null && _command.PartitionKey is not null)
        {
            Refuse("-KeyPrefix and -PartitionKey are two ways to say the same thing. Leave one out.", _command.PartitionKey);
        }

        string[] useless = ReconcileOnly.Where(_command.MyInvocation.BoundParameters.ContainsKey).ToArray();
        if (_command.Method is RestoreMethod.Recreate && useless.Length > 0)
        {
            Refuse(
                $"-Method Recreate restores the whole table as it was, so -{string.Join(", -", useless)} cannot be followed. Leave them out, or use -Method Reconcile, which changes only what differs.", _command.Method);
        }
    }

    private void Refuse(string message, object? value) =>
        _command.ThrowTerminatingError(ErrorRecords.Parameter("RestoreNotUsable", message, value));
}
