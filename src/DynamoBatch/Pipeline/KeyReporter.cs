using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Pipeline;

/// <summary>Tells what became of keys: items to the pipeline, all else as errors that hold the original object.</summary>
internal sealed class KeyReporter
{
    private readonly Cmdlet _command;
    private readonly bool _skipMissing;
    private readonly ItemOutput _output;

    public KeyReporter(Cmdlet command, bool skipMissing)
    {
        _command = command;
        _skipMissing = skipMissing;
        _output = new ItemOutput(command);
    }

    /// <summary>Whether an item is being given to the pipeline.</summary>
    public bool IsGiving { get; private set; }

    /// <summary>The accounts in words.</summary>
    public static string Describe(IReadOnlyList<ReadTableRun> tables)
    {
        long Sum(Func<ReadCounts, long> count) => tables.Sum(t => count(t.Counts));
        return string.Format(
            CultureInfo.InvariantCulture,
            "Accepted {0:N0} keys: {1:N0} found, {2:N0} missing, {3:N0} failed, {4:N0} not read.",
            Sum(c => c.Accepted),
            Sum(c => c.Found),
            Sum(c => c.Missing),
            Sum(c => c.Failed),
            Sum(c => c.NotRead));
    }

    /// <summary>Tells of a key that is decided. What the run's end left unread is in the accounts alone.</summary>
    public void Tell(KeyRead read)
    {
        string Name() => $"Item {KeyText.Of(read.Key)} of table '{read.Table.Name}'";
        if (read.Status is ReadStatus.Found)
        {
            // Where the call does not come back, whoever takes the items has decided to end.
            IsGiving = true;
            _output.Write(read.Item, Name, read.Source);
            IsGiving = false;
        }
        else if (read.Status is ReadStatus.Failed || (read.Status is ReadStatus.Missing && !_skipMissing))
        {
            _command.WriteError(ErrorRecords.Item(new DdbException(read.Kind, $"{Name()}: {read.Message}", read.Cause), read.Source));
        }
    }

    /// <summary>Tells of an object in which no key was found.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="failure">What is wrong with it.</param>
    /// <param name="inputObject">The object.</param>
    /// <param name="ordinal">Its place in the pipeline, from 1.</param>
    public void Refuse(ReadTableRun table, DdbException failure, PSObject inputObject, long ordinal)
    {
        string where = table.Name.Length > 0 ? $", for table '{table.Name}'" : string.Empty;
        string message = $"Object {ordinal} of the pipeline{where}: {failure.Message}";
        _command.WriteError(ErrorRecords.Item(new DdbException(failure.Kind, message, failure), inputObject));
    }
}
