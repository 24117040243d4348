namespace DynamoBatch.Core.Items;

/// <summary>Where an attribute's value is in an encoded item.</summary>
/// <param name="Plan">The attribute.</param>
/// <param name="Start">The value's first byte in <see cref="EncodedItem.Json"/>.</param>
/// <param name="Length">Its bytes.</param>
public readonly record struct EncodedAttribute(AttributePlan Plan, int Start, int Length)
{
    /// <summary>The attribute's name; case matters.</summary>
    public string Name => Plan.Name;
}
