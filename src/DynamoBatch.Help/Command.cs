using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Help;

/// <summary>A command, as its class declares it.</summary>
/// <param name="Name">Verb and noun.</param>
/// <param name="Sets">Its parameter sets, the default one first.</param>
/// <param name="OutputTypes">The full names of what it says to emit.</param>
internal sealed record Command(string Name, IReadOnlyList<ParameterSet> Sets, IReadOnlyList<string> OutputTypes)
{
    /// <summary>Each parameter once, as it is in the first set that has it.</summary>
    public IReadOnlyList<Parameter> Parameters { get; } = Sets.SelectMany(s => s.Parameters).DistinctBy(p => p.Name).ToList();
}
