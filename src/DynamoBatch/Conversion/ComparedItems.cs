using DynamoBatch.Output;

namespace DynamoBatch.Conversion;

/// <summary>Objects of this module that hold items, and are easily taken for one.</summary>
internal static class ComparedItems
{
    /// <summary>What to pipe in the object's stead; null for any other object.</summary>
    public static string? Advice(object value) => value switch
    {
        TableDifference => "The input object is a difference of two tables, and no item. Pipe its ReferenceItem, DifferenceItem or Key, such as: $differences | ForEach-Object ReferenceItem.",
        RestoreConflict => "The input object is a conflict of a restore, and no item. Pipe its WantedItem, SeenItem, PresentItem or Key, such as: $conflicts | ForEach-Object WantedItem.",
        _ => null,
    };
}
