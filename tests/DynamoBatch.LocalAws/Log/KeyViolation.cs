namespace DynamoBatch.LocalAws.Log;

/// <summary>A write of a key arrived while another request's write of it was in flight.</summary>
/// <param name="Key">"table key".</param>
/// <param name="InFlight">Sequence of the request that was in flight.</param>
/// <param name="Arrived">Sequence of the request that arrived.</param>
/// <param name="SameBytes">Both write the same: a repetition, not another write.</param>
public sealed record KeyViolation(string Key, long InFlight, long Arrived, bool SameBytes);
