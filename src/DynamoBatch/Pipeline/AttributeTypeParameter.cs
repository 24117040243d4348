using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using DynamoBatch.Conversion;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Pipeline;

/// <summary>Reads -AttributeType before anything is written.</summary>
internal static class AttributeTypeParameter
{
    public static IReadOnlyDictionary<string, AttributeType>? Parse(WriteCommand command) => Parse(command, command.AttributeType);

    /// <summary>What to say of names that no object had: a name with a slip in it leaves text as it is. Null where there are none.</summary>
    public static string? Unmet(WriteCommand command, IReadOnlyList<TableRun> tables)
    {
        ObjectEncoder[] encoders = tables.Where(t => t.Counts.Accepted > 0).Select(t => t.Encoder).OfType<ObjectEncoder>().ToArray();
        string[] unmet = encoders.Length == 0 || command.AttributeType is not { } given ? []
            : given.Keys.Cast<object>().Select(k => Convert.ToString(k, CultureInfo.InvariantCulture)!).Where(name => encoders.All(e => e.UnmetTypes.Contains(name))).ToArray();
        return unmet.Length == 0 ? null : $"-AttributeType names '{string.Join("', '", unmet)}', which no object has. Case matters in names.";
    }

    /// <summary>The types by attribute name; null where none were given. Ends the command where one is unknown.</summary>
    public static IReadOnlyDictionary<string, AttributeType>? Parse(PSCmdlet command, IDictionary? given)
    {
        if (given is null)
        {
            return null;
        }

        string message;
        try
        {
            return AttributeTypeMap.Parse(given);
        }
        catch (ArgumentException exception)
        {
            message = exception.Message;
        }

        command.ThrowTerminatingError(ErrorRecords.Parameter("AttributeTypeNotValid", message, given));
        return null;
    }
}
