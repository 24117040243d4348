using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Completion;

/// <summary>Completes names of a table's indexes.</summary>
internal sealed class IndexNameCompleter : NameCompleter
{
    protected override IEnumerable<OfferedName> Find(TypedCommand command) =>
        command.Text("TableName") is not { } table ? []
        : NameWait.Ask(command.ToSettings(), lookup => lookup.FindIndexes(table)).Select(n => new OfferedName(n.Name, n.Description));
}
