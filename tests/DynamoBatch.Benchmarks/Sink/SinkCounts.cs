using System.Threading;

namespace DynamoBatch.Benchmarks.Sink;

/// <summary>What a sink was sent since it started, over all connections.</summary>
internal sealed class SinkCounts
{
    private long _requests;
    private long _items;

    public long Requests => Interlocked.Read(ref _requests);

    public long Items => Interlocked.Read(ref _items);

    public void Add(int items)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _items, items);
    }
}
