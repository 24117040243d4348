using DynamoBatch.Core.Sending;

namespace DynamoBatch.Core.Reading;

/// <summary>A cap of read units that several readers keep together.</summary>
/// <param name="Limiter">The cap.</param>
/// <param name="Start">The timestamp from which all of them count their ticks.</param>
internal sealed record SharedCapacity(CapacityLimiter Limiter, long Start);
