using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backups;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>
/// Writes that land after their request has ended. With a limit none lands later than that, on however slow a machine: each lands alone, so
/// that what is sent after the limit comes after it, and one that has missed its time is dropped.
/// </summary>
internal sealed class LateWrites(TimeSpan? limit, TimeProvider time)
{
    private readonly ConcurrentDictionary<Task, byte> _pending = new();
    private readonly SharedLock _landing = new();

    public int Pending => _pending.Count;

    /// <summary>Lands a write after a while. To be called before its request ends.</summary>
    /// <param name="wait">Ends when it is to land.</param>
    /// <param name="land">Lands it.</param>
    public void Start(Func<Task> wait, Func<Task> land)
    {
        var promised = time.GetTimestamp();
        var task = Task.Run(async () =>
        {
            await wait();
            if (limit is null)
            {
                await land();
                return;
            }

            await _landing.EnterAsync(exclusive: true);
            try
            {
                if (time.GetElapsedTime(promised) <= limit)
                {
                    await land();
                }
            }
            finally
            {
                _landing.Exit(exclusive: true);
            }
        });
        _pending[task] = 0;
        _ = task.ContinueWith(t => _pending.TryRemove(t, out _), TaskScheduler.Default);
    }

    /// <summary>Performs a request that is in time, while no late write lands.</summary>
    public Task<Answer> BetweenAsync(Func<Task<Answer>> apply)
    {
        return limit is null ? apply() : AloneAsync();

        async Task<Answer> AloneAsync()
        {
            await _landing.EnterAsync(exclusive: false);
            try
            {
                return await apply();
            }
            finally
            {
                _landing.Exit(exclusive: false);
            }
        }
    }

    /// <summary>Returns when all have landed that were started so far.</summary>
    public Task SettleAsync() => Task.WhenAll(_pending.Keys.ToArray());
}
