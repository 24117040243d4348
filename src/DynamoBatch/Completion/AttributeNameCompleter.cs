using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Completion;

/// <summary>Completes names of a table's attributes.</summary>
internal sealed class AttributeNameCompleter : NameCompleter
{
    protected override IEnumerable<OfferedName> Find(TypedCommand command) =>
        TableAttributes.Find(command).Select(n => new OfferedName(n.Name, n.Description));
}
