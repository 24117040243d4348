namespace DynamoBatch.Core.Resuming;

/// <summary>The last record of an object that is not done.</summary>
/// <param name="State">What it says.</param>
/// <param name="IntendedAt">When its first sending that may have landed was announced: seconds since 1970, UTC.</param>
internal readonly record struct OpenRecord(RecordedState State, long? IntendedAt);
