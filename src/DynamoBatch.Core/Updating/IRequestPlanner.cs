using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Updating;

/// <summary>Finds how the writes of one table are asked for. One per table and thread.</summary>
internal interface IRequestPlanner
{
    /// <summary>The request for an item, shared by all items of its shape.</summary>
    /// <exception cref="ItemException">The item does not hold what such a write needs.</exception>
    ItemRequest Plan(EncodedItem item);
}
