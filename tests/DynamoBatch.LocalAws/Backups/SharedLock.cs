using System.Collections.Generic;
using System.Threading.Tasks;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>Many writers of a table at once, or one that needs the table to stand still. In the order of arrival, so that nobody waits for ever.</summary>
internal sealed class SharedLock
{
    private readonly object _lock = new();
    private readonly Queue<(TaskCompletionSource Turn, bool Exclusive)> _waiting = new();
    private int _shared;
    private bool _exclusive;

    public Task EnterAsync(bool exclusive)
    {
        lock (_lock)
        {
            if (_waiting.Count == 0 && IsFree(exclusive))
            {
                Take(exclusive);
                return Task.CompletedTask;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue((turn, exclusive));
            return turn.Task;
        }
    }

    public void Exit(bool exclusive)
    {
        lock (_lock)
        {
            if (exclusive)
            {
                _exclusive = false;
            }
            else
            {
                _shared--;
            }

            while (_waiting.TryPeek(out var next) && IsFree(next.Exclusive))
            {
                _waiting.Dequeue();
                Take(next.Exclusive);
                next.Turn.SetResult();
            }
        }
    }

    private bool IsFree(bool exclusive) => !_exclusive && (!exclusive || _shared == 0);

    private void Take(bool exclusive)
    {
        if (exclusive)
        {
            _exclusive = true;
        }
        else
        {
            _shared++;
        }
    }
}
