using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.Pipeline;

/// <summary>
/// The one crossing between worker threads and the pipeline thread: they raise a signal and leave lines to say; it waits, for a
/// bounded time, and says them. The only place in the module where a thread blocks.
/// </summary>
internal sealed class Crossing : IDisposable
{
    private readonly AutoResetEvent _signal = new(false);
    private readonly ConcurrentQueue<string> _verbose = new();
    private readonly ConcurrentQueue<string> _warnings = new();

    /// <summary>Wakes the pipeline thread. Any thread, any time; also after the end, when nobody listens any more.</summary>
    public void Signal()
    {
        try
        {
            _signal.Set();
        }
        catch (ObjectDisposedException)
        {
            // A lane that ends after the command has.
        }
    }

    /// <summary>Leaves a line for the verbose stream.</summary>
    public void Verbose(string line) => _verbose.Enqueue(line);

    /// <summary>Leaves a line for the warning stream.</summary>
    public void Warn(string line) => _warnings.Enqueue(line);

    public bool TryTakeVerbose(out string line) => _verbose.TryDequeue(out line!);

    public bool TryTakeWarning(out string line) => _warnings.TryDequeue(out line!);

    /// <summary>Blocks the pipeline thread until something happens, or so long at most.</summary>
    public void Wait(TimeSpan atMost) => _signal.WaitOne(atMost);

    /// <summary>Blocks the pipeline thread until a task has ended, or so long at most. Its fault is for the caller to look at.</summary>
    public void Wait(Task task, TimeSpan atMost)
    {
        task.ContinueWith(_ => Signal(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Wait(atMost);
    }

    /// <summary>Blocks the pipeline thread until a task has ended, and takes its result.</summary>
    public static T Take<T>(Task<T> task) => task.ConfigureAwait(false).GetAwaiter().GetResult();

    public void Dispose() => _signal.Dispose();
}
