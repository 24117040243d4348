namespace DynamoBatch.Core.Resuming;

/// <summary>An object of the pipeline, as a resuming run looks at it.</summary>
/// <typeparam name="TKey">The identity of the item.</typeparam>
/// <typeparam name="T">What the caller keeps for it.</typeparam>
/// <param name="Ordinal">Its place in the pipeline, from one.</param>
/// <param name="Contribution">What it adds to the identity of the input.</param>
/// <param name="Payload">What the caller keeps for it.</param>
/// <param name="IsRefused">It could not be encoded: it has no key, and there is nothing to send.</param>
/// <param name="Key">The identity of its item.</param>
/// <param name="Overwrites">It leaves nothing of what was there: a put or a delete without condition.</param>
/// <param name="Repeatable">Sent twice, it leaves what it leaves once.</param>
internal readonly record struct ResumeWrite<TKey, T>(
    long Ordinal, ulong Contribution, T Payload, bool IsRefused, TKey Key, bool Overwrites, bool Repeatable);
