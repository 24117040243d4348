namespace DynamoBatch.LocalAws.Backups;

/// <summary>What an item was from a time on. The older version is its old image.</summary>
/// <param name="time">Ticks of UTC; 0: since before history began.</param>
/// <param name="image">The item as DynamoDB JSON; null: deleted.</param>
/// <param name="older">Null: there was none before.</param>
internal sealed class ItemVersion(long time, byte[]? image, ItemVersion? older)
{
    public long Time { get; } = time;

    public byte[]? Image { get; } = image;

    public ItemVersion? Older { get; } = older;
}
