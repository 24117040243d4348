using System.Collections.Generic;
using System.Threading.Tasks;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>
/// The way of writes while no table has history or is being copied: they are counted, not read. Closing it waits for those on their way.
/// </summary>
internal sealed class FastWrites
{
    private readonly object _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private int _inFlight;
    private int _closed;

    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_closed > 0)
            {
                return false;
            }

            _inFlight++;
            return true;
        }
    }

    public void Exit()
    {
        lock (_lock)
        {
            if (--_inFlight == 0)
            {
                _waiting.ForEach(w => w.SetResult());
                _waiting.Clear();
            }
        }
    }

    /// <summary>To be undone by <see cref="Open" /> as often.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _closed++;
            if (_inFlight == 0)
            {
                return Task.CompletedTask;
            }

            var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(drained);
            return drained.Task;
        }
    }

    public void Open()
    {
        lock (_lock)
        {
            _closed--;
        }
    }
}
