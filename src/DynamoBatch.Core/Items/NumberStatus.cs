namespace DynamoBatch.Core.Items;

/// <summary>What a text is, read as a DynamoDB number.</summary>
public enum NumberStatus
{
    /// <summary>A number that DynamoDB stores exactly.</summary>
    Valid,

    /// <summary>Not a number at all; NaN and infinities are none either.</summary>
    NotANumber,

    /// <summary>More than 38 significant digits.</summary>
    TooPrecise,

    /// <summary>Its magnitude is outside 1E-130 to 9.99E+125.</summary>
    OutOfRange,
}
