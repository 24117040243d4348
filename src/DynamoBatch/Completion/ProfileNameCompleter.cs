using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Completion;

/// <summary>Completes names of profiles, from the shared files.</summary>
internal sealed class ProfileNameCompleter : NameCompleter
{
    protected override IEnumerable<OfferedName> Find(TypedCommand command)
    {
        string? location = command.Text("ProfileLocation");
        return NameWait.Ask(() => LocalNames.FindProfiles(location)).Select(n => new OfferedName(n.Name, n.Description));
    }
}
