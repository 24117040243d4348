using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Items;

/// <summary>How objects become items.</summary>
public sealed class EncodingOptions
{
    /// <summary>Types that named text attributes are converted to; names are case-sensitive. Key attributes follow the table's schema.</summary>
    public IReadOnlyDictionary<string, AttributeType>? AttributeTypes { get; init; }

    /// <summary>Whether text that is exactly a JSON number, true, false, null, object or array becomes that.</summary>
    public bool InferType { get; init; }

    /// <summary>What becomes of empty text.</summary>
    public EmptyStringHandling EmptyString { get; init; }

    /// <summary>
    /// Tells the name of the table's TTL attribute, or null. Asked once at most, and only when an item holds a date, since
    /// asking costs a call and a permission.
    /// </summary>
    public Func<string?>? TtlAttribute { get; init; }

    /// <summary>Takes warnings: once, when text lands in the TTL attribute, where DynamoDB ignores it.</summary>
    public Action<string>? Warn { get; init; }
}
