using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Reading;

/// <summary>Keys that wait to be sent: those that never were, and those that are sent again at their time.</summary>
internal sealed class KeyQueue
{
    private readonly Queue<(AskedKey Key, long Since)> _fresh = new();
    private readonly List<KeyGroup> _again = new();
    private readonly long _linger;

    public KeyQueue(TimeSpan linger) => _linger = linger.Ticks;

    /// <summary>Nothing more is coming: part-filled requests leave at once.</summary>
    public bool Flushing { get; set; }

    [MethodImpl(Jit.Hot)]
    public void Add(AskedKey key, long now) => _fresh.Enqueue((key, now));

    public void Add(KeyGroup group) => _again.Add(group);

    /// <summary>When the next request could leave, in ticks; null where nothing waits.</summary>
    public long? NextDue()
    {
        long? due = _fresh.Count == 0 ? null
            : Flushing || _fresh.Count >= ReadRequest.MaxKeys ? long.MinValue
            : _fresh.Peek().Since + _linger;
        foreach (KeyGroup group in _again)
        {
            due = due < group.Due ? due : group.Due;
        }

        return due;
    }

    /// <summary>The next request's keys, oldest first; null where none is due.</summary>
    /// <param name="now">The time, in ticks.</param>
    /// <param name="max">Keys that it may hold.</param>
    public List<AskedKey>? Take(long now, int max)
    {
        if (!(NextDue() <= now))
        {
            return null;
        }

        if (_again.Find(g => g.Apart && g.Due <= now) is { } apart)
        {
            return TakeFrom(apart, [], max);
        }

        var keys = new List<AskedKey>(Math.Min(max, ReadRequest.MaxKeys));
        while (keys.Count < max && _again.Find(g => g.Due <= now) is { } group)
        {
            TakeFrom(group, keys, max);
        }

        while (keys.Count < max && _fresh.Count > 0)
        {
            keys.Add(_fresh.Dequeue().Key);
        }

        return keys;
    }

    /// <summary>Takes one key out, whatever its time; false where it does not wait here.</summary>
    public bool Remove(AskedKey key, long now)
    {
        if (_fresh.Count > 0 && ReferenceEquals(_fresh.Peek().Key, key))
        {
            _fresh.Dequeue();
            return true;
        }

        KeyGroup? group = _again.Find(g => g.Due <= now && g.Keys.Contains(key));
        if (group is null)
        {
            return false;
        }

        group.Keys.Remove(key);
        if (group.Keys.Count == 0)
        {
            _again.Remove(group);
        }

        return true;
    }

    /// <summary>Takes out all keys that a condition is true of.</summary>
    public List<AskedKey> RemoveAll(Func<AskedKey, bool> condition)
    {
        var removed = new List<AskedKey>();
        for (int i = _fresh.Count; i > 0; i--)
        {
            (AskedKey key, long since) = _fresh.Dequeue();
            if (condition(key))
            {
                removed.Add(key);
            }
            else
            {
                _fresh.Enqueue((key, since));
            }
        }

        foreach (KeyGroup group in _again)
        {
            removed.AddRange(group.Keys.FindAll(k => condition(k)));
            group.Keys.RemoveAll(k => condition(k));
        }

        _again.RemoveAll(g => g.Keys.Count == 0);
        return removed;
    }

    private List<AskedKey> TakeFrom(KeyGroup group, List<AskedKey> keys, int max)
    {
        int count = Math.Min(max - keys.Count, group.Keys.Count);
        keys.AddRange(group.Keys.GetRange(0, count));
        group.Keys.RemoveRange(0, count);
        if (group.Keys.Count == 0)
        {
            _again.Remove(group);
        }

        return keys;
    }
}
