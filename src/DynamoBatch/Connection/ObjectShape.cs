using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace DynamoBatch.Connection;

/// <summary>Reads members of objects whose types are not ours: objects of any module, property bags, hash tables.</summary>
internal static class ObjectShape
{
    /// <summary>The object itself; a property bag, and what came out of another process, stays as it is, for its base object has nothing in it.</summary>
    public static object Unwrap(object value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapper ? wrapper.BaseObject : value;

    /// <summary>A member's value; null where there is none of that name.</summary>
    public static object? Member(object holder, string name) =>
        holder is IDictionary table ? (table.Contains(name) ? table[name] : null) : PSObject.AsPSObject(holder).Properties[name]?.Value;

    /// <summary>The type's name, also of an object that came out of another process.</summary>
    public static string TypeName(object value) => PSObject.AsPSObject(value).TypeNames.FirstOrDefault() ?? value.GetType().FullName!;
}
