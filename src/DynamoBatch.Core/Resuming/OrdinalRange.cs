using System;

namespace DynamoBatch.Core.Resuming;

/// <summary>Ordinals from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
internal readonly record struct OrdinalRange(long First, long Last) : IComparable<OrdinalRange>
{
    public int CompareTo(OrdinalRange other) => First.CompareTo(other.First);
}
