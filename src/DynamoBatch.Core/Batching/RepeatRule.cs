namespace DynamoBatch.Core.Batching;

/// <summary>Whether a write may be sent again after its answer was lost.</summary>
internal enum RepeatRule
{
    /// <summary>It may: done twice is done once.</summary>
    Safe,

    /// <summary>It may, but then a condition that is not met can be the work of its own first sending, so the item is looked at.</summary>
    Checked,

    /// <summary>It may for ten minutes: it carries a token by which the service knows it again. (API reference: TransactWriteItems.)</summary>
    ByToken,

    /// <summary>It may not: done twice is wrong.</summary>
    Never,
}
