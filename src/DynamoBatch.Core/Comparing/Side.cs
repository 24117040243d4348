namespace DynamoBatch.Core.Comparing;

/// <summary>A side of a comparison.</summary>
internal enum Side : byte
{
    /// <summary>The reference table.</summary>
    Reference = 0,

    /// <summary>The difference table.</summary>
    Difference = 1,
}
