namespace DynamoBatch.LocalAws.Faults;

/// <summary>The random numbers of one request: a function of seed, operation and the request's number, so that runs can be repeated (SplitMix64).</summary>
internal struct SeededRandom
{
    private ulong _state;

    public SeededRandom(int seed, string operation, long number)
    {
        // String.GetHashCode differs from process to process.
        var hash = 14695981039346656037UL;
        foreach (var c in operation)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        _state = hash ^ ((ulong)(uint)seed << 32) ^ ((ulong)number * 0x9E3779B97F4A7C15UL);
        NextBits();
    }

    /// <summary>0 (inclusive) to 1 (exclusive).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 to <paramref name="max" />, both inclusive.</summary>
    public int Next(int max) => max <= 0 ? 0 : (int)(NextDouble() * ((double)max + 1));

    private ulong NextBits()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
