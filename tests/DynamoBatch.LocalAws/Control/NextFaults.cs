using System.Collections.Generic;
using DynamoBatch.LocalAws.Faults;

namespace DynamoBatch.LocalAws.Control;

/// <summary>The body of POST /__localaws/next.</summary>
/// <param name="Operation">CreateBackup, ...; "*" counts all requests, "mutating" those that may change something.</param>
/// <param name="Faults">What happens, in order.</param>
/// <param name="After">How many requests pass before.</param>
/// <param name="Times">How many times over.</param>
internal sealed record NextFaults(string Operation, IReadOnlyList<FaultKind> Faults, int After = 0, int Times = 1);
