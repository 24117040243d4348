using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Writes that land after their request has ended.</summary>
internal sealed class LateWrites
{
    private readonly ConcurrentDictionary<Task, byte> _pending = new();

    public int Pending => _pending.Count;

    public void Start(Func<Task> write)
    {
        var task = Task.Run(write);
        _pending[task] = 0;
        _ = task.ContinueWith(t => _pending.TryRemove(t, out _), TaskScheduler.Default);
    }

    /// <summary>Returns when all have landed that were started so far.</summary>
    public Task SettleAsync() => Task.WhenAll(_pending.Keys.ToArray());
}
