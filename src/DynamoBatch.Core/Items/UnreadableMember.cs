using System;

namespace DynamoBatch.Core.Items;

/// <summary>Stands for the value of a member whose getter threw, so that the error can name the member.</summary>
public sealed class UnreadableMember
{
    /// <summary>Creates the stand-in.</summary>
    /// <param name="cause">What the getter threw.</param>
    public UnreadableMember(Exception cause) => Cause = cause;

    /// <summary>What the getter threw.</summary>
    public Exception Cause { get; }
}
