using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Reading;

/// <summary>A key to be read, once for all who wait for it.</summary>
internal sealed class AskedKey
{
    public AskedKey(ReadTable table, ReadOnlyMemory<byte> key)
    {
        Table = table;
        Key = key;
    }

    public ReadTable Table { get; }

    public ReadOnlyMemory<byte> Key { get; }

    /// <summary>Who waits for it.</summary>
    public List<KeyRead> Reads { get; } = new(1);

    /// <summary>Whether it is in a request that is not settled.</summary>
    public bool InFlight { get; set; }

    /// <summary>Whether its answer is known.</summary>
    public bool Decided { get; set; }

    /// <summary>Reads that are decided, but not taken by the caller yet.</summary>
    public int Untaken { get; set; }

    public int Tries { get; set; }

    /// <summary>Tries in a row of which nothing came.</summary>
    public int Setbacks { get; set; }

    public long FirstSent { get; set; }
}
