using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Comparing;

/// <summary>A key that is looked up in both tables.</summary>
internal sealed class PairLookup
{
    public PairLookup(ReadTable reference, ReadTable difference, byte[] key, Side? metBy)
    {
        MetBy = metBy;
        Reference = new KeyRead(reference, key, this);
        Difference = new KeyRead(difference, key, this);
    }

    /// <summary>The only scan that had met the key; null where both had.</summary>
    public Side? MetBy { get; }

    public KeyRead Reference { get; }

    public KeyRead Difference { get; }

    /// <summary>How many of the two are asked for.</summary>
    public int Asked { get; set; }

    /// <summary>How many of the two are answered.</summary>
    public int Answered { get; set; }
}
