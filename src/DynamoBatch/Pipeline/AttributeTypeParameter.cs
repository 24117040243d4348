using System;
using System.Collections.Generic;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Pipeline;

/// <summary>Reads -AttributeType before anything is written.</summary>
internal static class AttributeTypeParameter
{
    public static IReadOnlyDictionary<string, AttributeType>? Parse(WriteCommand command)
    {
        if (command.AttributeType is null)
        {
            return null;
        }

        string message;
        try
        {
            return AttributeTypeMap.Parse(command.AttributeType);
        }
        catch (ArgumentException exception)
        {
            message = exception.Message;
        }

        command.ThrowTerminatingError(ErrorRecords.Parameter("AttributeTypeNotValid", message, command.AttributeType));
        return null;
    }
}
