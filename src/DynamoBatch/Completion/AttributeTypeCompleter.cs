using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Completion;

/// <summary>
/// Completes -AttributeType by a hash table for an attribute and its type. PowerShell asks no completer inside of <c>@{ }</c>.
/// </summary>
internal sealed class AttributeTypeCompleter : NameCompleter
{
    protected override IEnumerable<OfferedName> Find(TypedCommand command)
    {
        Dictionary<string, FoundName> stored = TableAttributes.Find(command).ToDictionary(n => n.Name);
        IReadOnlyList<string> input = InputNames.Find(command);

        // Text stays text, and keys have the type of the table.
        return stored.Values.Where(n => input.Count == 0 || input.Contains(n.Name))
            .Where(n => n.Type is not ("S" or "NULL") && n.Description == n.Type)
            .Select(n => new OfferedName(n.Name, $"{n.Name} is stored as {n.Type}", $"@{{ '{CodeGeneration.EscapeSingleQuotedStringContent(n.Name)}' = '{n.Type}' }}"));
    }
}
