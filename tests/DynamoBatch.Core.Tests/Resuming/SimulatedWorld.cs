using System.Collections.Generic;

namespace DynamoBatch.Core.Tests.Resuming;

/// <summary>What outlives the runs, and what only an observer of all of them knows.</summary>
internal sealed class SimulatedWorld
{
    public List<SimulatedRow> Input { get; } = [];

    public SimulatedTable Table { get; } = new();

    /// <summary>Acknowledged, or made void by one that was.</summary>
    public HashSet<long> Done { get; } = [];

    /// <summary>Done, and known to be in the file.</summary>
    public HashSet<long> Recorded { get; } = [];

    /// <summary>Took effect at least once.</summary>
    public HashSet<long> Landed { get; } = [];

    /// <summary>Sent by a run that was killed before the outcome was in the file.</summary>
    public HashSet<long> Uncertain { get; } = [];
}
