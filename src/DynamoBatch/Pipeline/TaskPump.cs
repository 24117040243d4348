using System;
using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.Pipeline;

/// <summary>Runs a step beside the pipeline thread, which serves its output meanwhile.</summary>
internal sealed class TaskPump
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private readonly Crossing _crossing;
    private readonly Action _serve;
    private Task _running = Task.CompletedTask;

    /// <param name="crossing">Where the pipeline thread waits.</param>
    /// <param name="serve">Called while it waits; may write to the pipeline.</param>
    public TaskPump(Crossing crossing, Action serve)
    {
        _crossing = crossing;
        _serve = serve;
    }

    /// <summary>What came of a step.</summary>
    /// <param name="step">The step. It must end when it is cancelled.</param>
    /// <param name="stop">Cancels it.</param>
    /// <returns>Its result, or why there is none; both null where it was stopped.</returns>
    public (T? Result, Exception? Fault) Run<T>(Func<Task<T>> step, CancellationToken stop)
    {
        Task<T> running = Task.Run(step, CancellationToken.None);
        _running = running;
        while (!running.IsCompleted)
        {
            if (!stop.IsCancellationRequested)
            {
                _serve();
            }

            _crossing.Wait(running, Tick);
        }

        _running = Task.CompletedTask;
        if (running.IsCanceled || (running.IsFaulted && stop.IsCancellationRequested && running.Exception!.InnerException is OperationCanceledException))
        {
            return default;
        }

        return running.IsFaulted ? (default, running.Exception!.InnerException) : (Crossing.Take(running), null);
    }

    /// <summary>Waits for a step that was left behind when a Write* call threw; for so long at most.</summary>
    /// <returns>Why it failed; null where it did not, or none was left behind.</returns>
    public Exception? Leave(TimeSpan atMost)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!_running.IsCompleted && TimeProvider.System.GetElapsedTime(started) < atMost)
        {
            _crossing.Wait(_running, Tick);
        }

        return _running.IsFaulted ? _running.Exception!.InnerException : null;
    }
}
