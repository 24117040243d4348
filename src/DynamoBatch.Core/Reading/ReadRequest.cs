using System.Collections.Generic;

namespace DynamoBatch.Core.Reading;

/// <summary>Keys for one BatchGetItem request; no key twice.</summary>
internal sealed class ReadRequest
{
    /// <summary>Keys in a request. (Amazon DynamoDB API reference: BatchGetItem.)</summary>
    public const int MaxKeys = 100;

    public ReadRequest(List<AskedKey> keys) => Keys = keys;

    public List<AskedKey> Keys { get; }

    public int Count => Keys.Count;

    /// <summary>Read units that were booked for it.</summary>
    public double ReservedUnits { get; set; }

    /// <summary>Its tables, in the order in which they first occur.</summary>
    public List<ReadTable> Tables()
    {
        var tables = new List<ReadTable>(1);
        foreach (AskedKey key in Keys)
        {
            if (!tables.Contains(key.Table))
            {
                tables.Add(key.Table);
            }
        }

        return tables;
    }
}
