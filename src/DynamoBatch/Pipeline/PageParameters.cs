using System;
using System.Management.Automation;
using DynamoBatch.Commands;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Pipeline;

/// <summary>Reads the parameters of Read-DdbTable. Ends the command where they cannot be used.</summary>
internal sealed class PageParameters
{
    private readonly ReadDdbTableCommand _command;
    private readonly ExpressionParameter _filter;

    /// <summary>Reads what can be read before the table is known.</summary>
    public PageParameters(ReadDdbTableCommand command)
    {
        _command = command;
        if (command.Segment is { } segment && !(segment < command.TotalSegment))
        {
            string message = command.TotalSegment is { } total
                ? $"-Segment {segment} is not one of {total}: they count from 0 to {total - 1}."
                : "-Segment needs -TotalSegment, the same number in every place that reads a segment of the table.";
            command.ThrowTerminatingError(ErrorRecords.Parameter("SegmentNotValid", message, segment));
        }

        _filter = FilterOf(command);
    }

    /// <summary>What is to be read.</summary>
    public PageSource ToSource(TableSchema schema)
    {
        PageSource named = FindIndex(schema);
        if (_command.ConsistentRead && named.Index is { IsGlobal: true })
        {
            _command.ThrowTerminatingError(ErrorRecords.Parameter(
                "ConsistentReadNotPossible",
                $"The {named.Name} is a global one, which knows no consistent reads. Leave -ConsistentRead out, or read the table.",
                _command.IndexName));
        }

        return new PageSource(schema, _command.IndexName)
        {
            Key = _command.PartitionKey is null ? null : KeyOf(named),
            Descending = _command.Descending,
            Filter = _command.Filter,
            FilterNames = _filter.Names,
            FilterValues = _filter.Values,
            Attributes = _command.Property,
            Segment = _command.Segment,
            TotalSegments = _command.TotalSegment,
            First = _command.First,
        };
    }

    private PageSource FindIndex(TableSchema schema)
    {
        DdbException failure;
        try
        {
            return new PageSource(schema, _command.IndexName);
        }
        catch (DdbException exception)
        {
            failure = exception;
        }

        _command.ThrowTerminatingError(ErrorRecords.Parameter("IndexNotFound", failure.Message, _command.IndexName, ErrorCategory.ObjectNotFound));
        throw failure;
    }

    private KeyCondition KeyOf(PageSource source)
    {
        DdbException failure;
        try
        {
            var key = new KeyCondition(source, _command.PartitionKey, new PSValueAdapter());
            if (_command.SortKey is not null)
            {
                key.SortKeyIs(_command.SortKey);
            }
            else if (_command.SortKeyPrefix is not null)
            {
                key.SortKeyBeginsWith(_command.SortKeyPrefix);
            }
            else if (_command.SortKeyFrom is not null || _command.SortKeyTo is not null)
            {
                key.SortKeyBetween(_command.SortKeyFrom, _command.SortKeyTo);
            }

            return key;
        }
        catch (DdbException exception)
        {
            failure = exception;
        }

        var named = new DdbException(failure.Kind, failure.Message.Contains(source.Name) ? failure.Message : $"In {source.Name}: {failure.Message}", failure);
        _command.ThrowTerminatingError(ErrorRecords.Run(named, null, _command.PartitionKey));
        throw failure;
    }

    private static ExpressionParameter FilterOf(ReadDdbTableCommand command)
    {
        string message;
        try
        {
            return new ExpressionParameter("Filter", command.Filter, command.FilterName, command.FilterValue);
        }
        catch (ArgumentException exception)
        {
            message = exception.Message;
        }

        command.ThrowTerminatingError(ErrorRecords.Parameter("FilterNotValid", message, command.Filter));
        throw new InvalidOperationException(message);
    }
}
