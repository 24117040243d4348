namespace DynamoBatch.Output;

/// <summary>An item that was not restored, or not wholly: the target object of its error.</summary>
public sealed class RestoreConflict
{
    /// <summary>The table.</summary>
    public string TableName { get; set; } = string.Empty;

    /// <summary>The item's key.</summary>
    public object? Key { get; set; }

    /// <summary>The attributes whose newer values stand; none where it is about the whole item.</summary>
    public string[] Property { get; set; } = [];

    /// <summary>The item as it was to be; null where it was not to be.</summary>
    public object? WantedItem { get; set; }

    /// <summary>The item as the damage had left it; null where it had left none.</summary>
    public object? SeenItem { get; set; }

    /// <summary>The item as it was met; null where there was none, or it is not known.</summary>
    public object? PresentItem { get; set; }
}
