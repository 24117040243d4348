using System;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core;

/// <summary>A failure of a known kind, with a message that says what is wrong and what to do about it.</summary>
public class DdbException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">What failed.</param>
    /// <param name="message">Names the item or table, the cause and the remedy. Never a secret, nor item content beyond the key.</param>
    /// <param name="inner">The fault below it, if any.</param>
    public DdbException(FailureKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>What failed.</summary>
    public FailureKind Kind { get; }

    /// <summary>The service's number of the request that failed; null where there was no answer.</summary>
    public string? RequestId => FaultReader.RequestIdOf(InnerException);

    /// <inheritdoc/>
    public override string ToString() =>
        InnerException is not DdbException && RequestId is { } id ? $"{base.ToString()}{Environment.NewLine}RequestId: {id}" : base.ToString();
}
