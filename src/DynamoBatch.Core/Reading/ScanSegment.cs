namespace DynamoBatch.Core.Reading;

/// <summary>A part of a scan whose pages come one after the other. A query is one such part.</summary>
internal sealed class ScanSegment
{
    public ScanSegment(int number) => Number = number;

    public int Number { get; }

    /// <summary>The last answer's LastEvaluatedKey as JSON; null before the first.</summary>
    public byte[]? StartKey { get; set; }

    public bool InFlight { get; set; }

    /// <summary>Whether a request of it was ever sent.</summary>
    public bool Begun { get; set; }

    /// <summary>Tries of the next page so far that failed.</summary>
    public int Setbacks { get; set; }

    /// <summary>When the next page may be asked for, in ticks.</summary>
    public long Due { get; set; } = long.MinValue;

    /// <summary>When the next page was first asked for, in ticks.</summary>
    public long FirstTry { get; set; }
}
