using System;
using DynamoBatch.Commands;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Pipeline;

/// <summary>How the engine compares, writes and reads for a restore; each given what to call when there is something to take.</summary>
internal sealed class EngineOptions
{
    private readonly RestoreDdbTableInPlaceCommand _command;
    private readonly Crossing _crossing;

    public EngineOptions(RestoreDdbTableInPlaceCommand command, Crossing crossing)
    {
        _command = command;
        _crossing = crossing;
    }

    public ComparisonOptions Compare(Action signal) => new()
    {
        Attributes = _command.Property,
        ThrottleLimit = _command.ThrottleLimit,
        MaxReadCapacity = _command.MaxReadCapacity,
        RetryTimeout = _command.RetryTimeout,
        MaxRetry = _command.MaxRetry,
        Signal = signal,
        Log = _crossing.Verbose,
    };

    public WriterOptions Write(Action signal) => new()
    {
        ThrottleLimit = _command.ThrottleLimit,
        MaxWriteCapacity = _command.MaxWriteCapacity,
        RetryTimeout = _command.RetryTimeout,
        MaxRetry = _command.MaxRetry,
        TellSuccesses = true,
        Signal = signal,
        Log = _crossing.Verbose,
    };

    /// <summary>Consistently: what was just written is read back.</summary>
    public ReaderOptions Read(Action signal) => new()
    {
        ThrottleLimit = _command.ThrottleLimit,
        MaxReadCapacity = _command.MaxReadCapacity,
        RetryTimeout = _command.RetryTimeout,
        MaxRetry = _command.MaxRetry,
        ConsistentRead = true,
        Signal = signal,
        Log = _crossing.Verbose,
    };
}
