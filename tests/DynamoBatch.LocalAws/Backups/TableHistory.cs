using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using DynamoBatch.LocalAws.Backend;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>Every version of every item of a table since point-in-time recovery was turned on.</summary>
internal sealed class TableHistory(string tableId, KeyNames names, BackupControl control)
{
    private readonly Dictionary<string, ItemVersion> _items = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _began = WholeSecond(control.Now);

    /// <summary>The table that it is of; another one under the same name has none of it.</summary>
    public string TableId { get; } = tableId;

    public KeyNames Names { get; } = names;

    public int RecoveryPeriodInDays { get; set; } = 35;

    public DateTimeOffset Earliest
    {
        get
        {
            var period = WholeSecond(control.Now.AddDays(-RecoveryPeriodInDays));
            return period > _began ? period : _began;
        }
    }

    public DateTimeOffset Latest
    {
        get
        {
            var latest = WholeSecond(control.Now.AddSeconds(-control.Settings.RestorableLag));
            return latest > Earliest ? latest : Earliest;
        }
    }

    /// <summary>An item that was there when history began.</summary>
    public void Base(string key, byte[] image) => _items[key] = new ItemVersion(0, image, null);

    /// <summary>What the items of one request are now. All get one time, taken here: what is asked for the past never changes afterwards.</summary>
    public void Record(IEnumerable<(string Key, byte[]? Image)> images)
    {
        lock (_items)
        {
            var time = control.NextChange();
            foreach (var (key, image) in images)
            {
                var older = _items.GetValueOrDefault(key);
                if (!Same(older?.Image, image))
                {
                    _items[key] = new ItemVersion(time, image, older);
                }
            }
        }
    }

    /// <summary>The items of now.</summary>
    public List<byte[]> Current() => At(DateTimeOffset.MaxValue);

    /// <summary>The items of then.</summary>
    public List<byte[]> At(DateTimeOffset time)
    {
        lock (_items)
        {
            var images = new List<byte[]>(_items.Count);
            foreach (var newest in _items.Values)
            {
                var version = newest;
                while (version is not null && version.Time > time.UtcTicks)
                {
                    version = version.Older;
                }

                if (version?.Image is { } image)
                {
                    images.Add(image);
                }
            }

            return images;
        }
    }

    /// <summary>The keys of the items of now.</summary>
    public List<string> Keys()
    {
        lock (_items)
        {
            var keys = new List<string>(_items.Count);
            foreach (var (key, newest) in _items)
            {
                if (newest.Image is not null)
                {
                    keys.Add(key);
                }
            }

            return keys;
        }
    }

    // The window is told in whole seconds, as a request can only ask for such.
    private static DateTimeOffset WholeSecond(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    // The backend gives attributes now in one order, now in another.
    private static bool Same(byte[]? one, byte[]? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.AsSpan().SequenceEqual(other) || (one.Length == other.Length && JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other)));
}
