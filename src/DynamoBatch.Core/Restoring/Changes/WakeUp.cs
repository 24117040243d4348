using System;
using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>Wakes a task that waits for a writer or a reader. Many signals before a wait are one.</summary>
internal sealed class WakeUp : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0);

    /// <summary>Any thread, any time; also after the end, when nobody waits any more.</summary>
    public void Signal()
    {
        try
        {
            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
        catch (ObjectDisposedException)
        {
            // A request that ends after the run has.
        }
    }

    /// <summary>Waits for a signal, or so long at most.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => _signal.WaitAsync(atMost, cancellation);

    public void Dispose() => _signal.Dispose();
}
