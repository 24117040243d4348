using System.Collections.Generic;
using DynamoBatch.LocalAws.Faults;

namespace DynamoBatch.LocalAws.Control;

/// <summary>The body of POST /__localaws/next.</summary>
internal sealed record NextFaults(string Operation, IReadOnlyList<FaultKind> Faults);
