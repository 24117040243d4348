namespace DynamoBatch.Benchmarks.Measuring;

/// <summary>What one client did in one round, in a process of its own.</summary>
/// <param name="Items">Items written.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="CpuSeconds">Processor time of the client's process, user and system.</param>
/// <param name="AllocatedBytes">Bytes allocated on the managed heap.</param>
/// <param name="PeakBytes">Peak working set of the client's process, warm-up included.</param>
internal sealed record Measurement(int Items, double Seconds, double CpuSeconds, long AllocatedBytes, long PeakBytes)
{
    public double ItemsPerSecond => Items / Seconds;

    public double CpuPer100000 => CpuSeconds * 100_000 / Items;

    public double BytesPerItem => (double)AllocatedBytes / Items;
}
