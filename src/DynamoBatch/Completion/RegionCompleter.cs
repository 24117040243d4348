using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Completion;

/// <summary>Completes names of regions.</summary>
internal sealed class RegionCompleter : NameCompleter
{
    protected override IEnumerable<OfferedName> Find(TypedCommand command) =>
        NameWait.Ask(LocalNames.FindRegions).Select(n => new OfferedName(n.Name, n.Description));
}
