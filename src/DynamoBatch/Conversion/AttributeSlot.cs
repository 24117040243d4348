using DynamoBatch.Core.Items;

namespace DynamoBatch.Conversion;

/// <summary>What becomes of a property by its name.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Plan">The attribute; null where the property is left out.</param>
internal sealed record AttributeSlot(string Name, AttributePlan? Plan);
