using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Completion;

/// <summary>Completes names of properties of the objects in the pipeline: where those are not known, of the table's attributes.</summary>
internal sealed class InputPropertyCompleter : NameCompleter
{
    protected override IEnumerable<OfferedName> Find(TypedCommand command)
    {
        IReadOnlyList<string> input = InputNames.Find(command);
        return input.Count > 0
            ? input.Select(name => new OfferedName(name, $"property {name} of the input"))
            : TableAttributes.Find(command).Select(n => new OfferedName(n.Name, n.Description));
    }
}
