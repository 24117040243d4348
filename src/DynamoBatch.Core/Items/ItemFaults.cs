using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Items;

/// <summary>Words the errors of an item as a whole.</summary>
internal static class ItemFaults
{
    /// <summary>The same error, naming its item.</summary>
    internal static ItemException WithKey(ItemException fault, string? key)
    {
        var item = key == null ? "Item without a readable key: " : $"Item {KeyText.Of(key)}: ";
        return new ItemException(fault.Kind, item + fault.Message, fault.Path, key);
    }

    /// <summary>A key attribute is absent, perhaps since the object spells it in another case.</summary>
    /// <param name="missing">The key attribute.</param>
    /// <param name="plans">Plans of all attributes known.</param>
    /// <param name="item">The number of the item.</param>
    internal static ItemException Missing(AttributePlan missing, IEnumerable<AttributePlan> plans, long item)
    {
        var role = missing.Role == AttributeRole.SortKey ? "sort key" : "partition key";
        foreach (var plan in plans)
        {
            if (plan.Stamp == item && string.Equals(plan.Name, missing.Name, StringComparison.OrdinalIgnoreCase))
            {
                return new ItemException(
                    FailureKind.KeyAttributeMissing,
                    $"the {role} is missing: object has '{plan.Name}', the key is '{missing.Name}'; case matters. Rename the property.",
                    missing.Name);
            }
        }

        return new ItemException(
            FailureKind.KeyAttributeMissing,
            $"the {role} '{missing.Name}' is missing. Give every object a property of that name.",
            missing.Name);
    }
}
