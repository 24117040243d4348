using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Pipeline;

/// <summary>Reads -AttributeType before anything is written.</summary>
internal static class AttributeTypeParameter
{
    public static IReadOnlyDictionary<string, AttributeType>? Parse(WriteCommand command) => Parse(command, command.AttributeType);

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
