namespace DynamoBatch.Core.Resuming;

/// <summary>What to do with one object of the pipeline.</summary>
/// <param name="Ordinal">Its place in the pipeline, from one.</param>
/// <param name="Payload">What the caller keeps for it.</param>
/// <param name="Action">What to do.</param>
/// <param name="IntendedAt">When its first sending that may have landed was announced: seconds since 1970, UTC; null where none was.</param>
internal readonly record struct ResumeVerdict<T>(long Ordinal, T Payload, ResumeAction Action, long? IntendedAt);
