using System;
using System.Management.Automation;
using DynamoBatch.Completion;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Pipeline;

/// <summary>A command that reads items.</summary>
public abstract class ReadCommand : DdbCommand
{
    /// <summary>Top-level attributes that are wanted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AttributeNameCompleter))]
    public string[]? Property { get; set; }

    /// <summary>Sees all writes acknowledged before the read; costs twice the units.</summary>
    [Parameter]
    public SwitchParameter ConsistentRead { get; set; }

    /// <summary>Read units a second that the command may consume at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxReadCapacity { get; set; }

    /// <summary>How the engine is to read.</summary>
    internal ReaderOptions GetOptions(Crossing crossing, bool ordered = false, bool tablesFailAlone = false) => new()
    {
        ThrottleLimit = ThrottleLimit,
        MaxReadCapacity = MaxReadCapacity,
        ConsistentRead = ConsistentRead,
        RetryTimeout = RetryTimeout,
        MaxRetry = MaxRetry,
        Ordered = ordered,
        TablesFailAlone = tablesFailAlone,
        Signal = crossing.Signal,
        Log = crossing.Verbose,
    };
}
