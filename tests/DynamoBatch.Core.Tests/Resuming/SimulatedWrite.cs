using System.Collections.Generic;

namespace DynamoBatch.Core.Tests.Resuming;

/// <summary>A write in the hands of a simulated run.</summary>
internal sealed class SimulatedWrite(SimulatedRow row)
{
    public SimulatedRow Row { get; } = row;

    /// <summary>Earlier writes of its key that it replaced, the oldest first.</summary>
    public List<SimulatedWrite> Replaced { get; } = [];

    public bool MayHaveLanded { get; set; }

    /// <summary>Whether the sending under way has taken effect.</summary>
    public bool Landed { get; set; }
}
