using System;
using System.Text;
using DynamoBatch.Core.Resuming;

namespace DynamoBatch.Core.Tests.Resuming;

/// <summary>What a simulated write does.</summary>
internal enum SimulatedVerb
{
    Put,
    Delete,

    /// <summary>Sets one attribute: repeatable, but leaves the others.</summary>
    Set,

    /// <summary>Adds to a number: not repeatable.</summary>
    Add,

    /// <summary>Adds by a transaction whose token the service remembers.</summary>
    AddOnce,
}

/// <summary>One object of a simulated pipeline.</summary>
/// <param name="Ordinal">Its place.</param>
/// <param name="Key">Its item.</param>
/// <param name="Verb">What it does.</param>
/// <param name="Value">What is written.</param>
/// <param name="IsRefused">It cannot be encoded.</param>
/// <param name="IsRejected">The service refuses it.</param>
internal sealed record SimulatedRow(long Ordinal, string Key, SimulatedVerb Verb, int Value, bool IsRefused, bool IsRejected)
{
    public bool Overwrites => Verb is SimulatedVerb.Put or SimulatedVerb.Delete;

    public bool Repeatable => Verb is not (SimulatedVerb.Add or SimulatedVerb.AddOnce);

    public ulong Contribution => IsRefused
        ? ContributionHash.Refused
        : ContributionHash.Of("T"u8, (int)Verb, Encoding.UTF8.GetBytes(FormattableString.Invariant($"{{\"id\":{{\"S\":\"{Key}\"}},\"v\":{{\"N\":\"{Value}\"}},\"r\":{{\"BOOL\":{(IsRejected ? "true" : "false")}}}}}")));

    public ResumeWrite<string, SimulatedRow> Offered => new(Ordinal, Contribution, this, IsRefused, Key, Overwrites, Repeatable);
}
