using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using DynamoBatch.Commands;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Pipeline;

/// <summary>Reads the parameters of Read-DdbTable. Ends the command where they cannot be used.</summary>
internal static class PageParameters
{
    /// <summary>What can be said before the table is known.</summary>
    public static void Check(ReadDdbTableCommand command)
    {
        if (command.Segment is { } segment && !(segment < command.TotalSegment))
        {
            string message = command.TotalSegment is { } total
                ? $"-Segment {segment} is not one of {total}: they count from 0 to {total - 1}."
                : "-Segment needs -TotalSegment, the same number in every place that reads a segment of the table.";
            command.ThrowTerminatingError(ErrorRecords.Parameter("SegmentNotValid", message, segment));
        }

        if (command.Filter is null && (command.FilterValue ?? command.FilterName) is { } unused)
        {
            command.ThrowTerminatingError(
                ErrorRecords.Parameter("FilterNotValid", "-FilterValue and -FilterName are for the placeholders of -Filter, and there is none.", unused));
        }
    }

    /// <summary>What is to be read.</summary>
    public static PageSource ToSource(ReadDdbTableCommand command, TableSchema schema)
    {
        PageSource named = FindIndex(command, schema);
        if (command.ConsistentRead && named.Index is { IsGlobal: true })
        {
            command.ThrowTerminatingError(ErrorRecords.Parameter(
                "ConsistentReadNotPossible",
                $"The {named.Name} is a global one, which knows no consistent reads. Leave -ConsistentRead out, or read the table.",
                command.IndexName));
        }

        return new PageSource(schema, command.IndexName)
        {
            Key = command.PartitionKey is null ? null : KeyOf(command, named),
            Descending = command.Descending,
            Filter = command.Filter,
            FilterNames = NamesOf(command),
            FilterValues = ValuesOf(command),
            Attributes = command.Property,
            Segment = command.Segment,
            TotalSegments = command.TotalSegment,
            First = command.First,
        };
    }

    private static PageSource FindIndex(ReadDdbTableCommand command, TableSchema schema)
    {
        DdbException failure;
        try
        {
            return new PageSource(schema, command.IndexName);
        }
        catch (DdbException exception)
        {
            failure = exception;
        }

        command.ThrowTerminatingError(ErrorRecords.Parameter("IndexNotFound", failure.Message, command.IndexName, ErrorCategory.ObjectNotFound));
        throw failure;
    }

    private static KeyCondition KeyOf(ReadDdbTableCommand command, PageSource source)
    {
        DdbException failure;
        try
        {
            var key = new KeyCondition(source, command.PartitionKey, new PSValueAdapter());
            if (command.SortKey is not null)
            {
                key.SortKeyIs(command.SortKey);
            }
            else if (command.SortKeyPrefix is not null)
            {
                key.SortKeyBeginsWith(command.SortKeyPrefix);
            }
            else if (command.SortKeyFrom is not null || command.SortKeyTo is not null)
            {
                key.SortKeyBetween(command.SortKeyFrom, command.SortKeyTo);
            }

            return key;
        }
        catch (DdbException exception)
        {
            failure = exception;
        }

        var named = new DdbException(failure.Kind, failure.Message.Contains(source.Name) ? failure.Message : $"In {source.Name}: {failure.Message}", failure);
        command.ThrowTerminatingError(ErrorRecords.Run(named, null, command.PartitionKey));
        throw failure;
    }

    private static List<KeyValuePair<string, string>> NamesOf(ReadDdbTableCommand command)
    {
        var names = new List<KeyValuePair<string, string>>();
        foreach (DictionaryEntry entry in command.FilterName ?? new Hashtable())
        {
            string placeholder = Text(entry.Key);
            if (!placeholder.StartsWith("#", StringComparison.Ordinal) || Projection.Owns(placeholder) || KeyCondition.Owns(placeholder))
            {
                string message = $"-FilterName: '{placeholder}' is no placeholder. One starts with #, and with none of the command's own: #property, #partitionKey, #sortKey.";
                command.ThrowTerminatingError(ErrorRecords.Parameter("FilterNotValid", message, command.FilterName));
            }

            names.Add(new(placeholder, Text(entry.Value)));
        }

        return names;
    }

    private static List<KeyValuePair<string, byte[]>> ValuesOf(ReadDdbTableCommand command)
    {
        var values = new List<KeyValuePair<string, byte[]>>();
        var encoder = new SingleValueEncoder(new PSValueAdapter());
        foreach (DictionaryEntry entry in command.FilterValue ?? new Hashtable())
        {
            string placeholder = Text(entry.Key);
            string? message = !placeholder.StartsWith(":", StringComparison.Ordinal) || KeyCondition.Owns(placeholder)
                ? $"'{placeholder}' is no placeholder. One starts with a colon, as in @{{ ':v' = 3 }}, and is none of the command's own: :partitionKey, :sortKey, :from, :to."
                : null;
            try
            {
                values.Add(new(placeholder, encoder.Encode(placeholder, entry.Value)));
            }
            catch (DdbException exception)
            {
                message ??= exception.Message;
            }

            if (message is not null)
            {
                command.ThrowTerminatingError(ErrorRecords.Parameter("FilterNotValid", "-FilterValue: " + message, command.FilterValue));
            }
        }

        return values;
    }

    private static string Text(object? value) =>
        Convert.ToString(value is PSObject wrapper ? wrapper.BaseObject : value, CultureInfo.InvariantCulture) ?? string.Empty;
}
