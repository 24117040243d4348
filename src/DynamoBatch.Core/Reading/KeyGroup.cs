using System.Collections.Generic;

namespace DynamoBatch.Core.Reading;

/// <summary>Keys that are sent again, at a time.</summary>
internal sealed class KeyGroup
{
    public KeyGroup(List<AskedKey> keys, long due, bool apart = false)
    {
        Keys = keys;
        Due = due;
        Apart = apart;
    }

    public List<AskedKey> Keys { get; }

    /// <summary>When, in the scheduler's ticks.</summary>
    public long Due { get; }

    /// <summary>Whether they go without any others: one of them had its request refused.</summary>
    public bool Apart { get; }
}
