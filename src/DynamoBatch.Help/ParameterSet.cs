using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Help;

/// <summary>Parameters that can be given together.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Those that PowerShell itself adds to every command are not among them.</param>
internal sealed record ParameterSet(string Name, IReadOnlyList<Parameter> Parameters)
{
    public Parameter? Find(string name) => Parameters.FirstOrDefault(p => p.Name == name);
}
