using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using DynamoBatch.Core.Items;
using DynamoBatch.Output;

namespace DynamoBatch.Conversion;

/// <summary>
/// Knows again what came through a job, a remote session or Clixml: there a DdbNumber becomes a bag of its properties and a set a
/// list, and only the type's name is left to tell them from a map and a list.
/// </summary>
internal static class DeserializedValue
{
    private const string Number = "Deserialized.DynamoBatch.Output." + nameof(DdbNumber);
    private const string Set = "Deserialized.System.Collections.Generic.HashSet`1";

    /// <summary>The number or the set that it was; null where it was neither.</summary>
    public static object? TryRestore(PSObject value)
    {
        string type = value.TypeNames.FirstOrDefault() ?? string.Empty;
        if (type == Number)
        {
            return NumberText.TryParse(value.Properties[nameof(DdbNumber.Text)]?.Value as string, out NumberText number) is NumberStatus.Valid ? number : null;
        }

        return type.StartsWith(Set, StringComparison.Ordinal) && value.BaseObject is IEnumerable elements ? new HashSet<object>(elements.Cast<object>()) : null;
    }
}
