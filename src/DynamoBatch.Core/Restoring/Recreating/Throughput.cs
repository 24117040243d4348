namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>Units per second: provisioned, the most on demand, or warm.</summary>
/// <param name="Read">For reads.</param>
/// <param name="Write">For writes.</param>
internal sealed record Throughput(long Read, long Write);
