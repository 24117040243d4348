using System.Collections.Generic;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Completion;

/// <summary>The attributes of the table that a command names.</summary>
internal static class TableAttributes
{
    public static IReadOnlyList<FoundName> Find(TypedCommand command) =>
        (command.Text("TableName") ?? command.Text("ReferenceTableName")) is { } table
            ? NameWait.Ask(command.ToSettings(), lookup => lookup.FindAttributes(table))
            : [];
}
