using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Completion;

/// <summary>Completes names of tables.</summary>
internal sealed class TableNameCompleter : NameCompleter
{
    protected override IEnumerable<OfferedName> Find(TypedCommand command) =>
        NameWait.Ask(command.ToSettings(), lookup => lookup.FindTables()).Select(n => new OfferedName(n.Name, n.Description));
}
