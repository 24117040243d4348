using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Sending;

/// <summary>
/// The writer engine. One thread offers writes and reads outcomes; lanes, each one request in flight, send them. Every accepted
/// write gets one outcome, whatever happens. What is sent next, and what an answer means for it, the scheduler decides; this
/// class gives it a lock, a clock and connections.
/// </summary>
public sealed class BatchWriter : IDisposable
{
    /// <summary>Undecided writes at most. More would not fill more lanes, only memory.</summary>
    private const int MaxPending = 4096;

    /// <summary>Their encoded bytes at most. Items reach 400 KB, so a count alone does not bound memory.</summary>
    private const long MaxPendingBytes = 48L * 1024 * 1024;

    private readonly object _gate = new();
    private readonly IWriteTransport _transport;
    private readonly WriterOptions _options;
    private readonly WriteScheduler _scheduler;
    private readonly Throughput _throughput;
    private readonly EndpointWatch _endpoint;
    private readonly CancellationTokenSource _abort = new();
    private readonly ConcurrentQueue<WriteOutcome> _outcomes = new();
    private readonly HashSet<WriteRequest> _sent = new();
    private readonly Random _random;
    private readonly Alarm _alarm;
    private readonly Func<Task> _runLane;
    private readonly long _start;
    private bool _stopped;
    private bool _offerRefused;
    private int _lanes;
    private int _starting;

    internal BatchWriter(IWriteTransport transport, WriterOptions options)
    {
        _transport = transport;
        _options = options;
        _random = options.Seed is { } seed ? new Random(seed) : new Random();
        _throughput = new Throughput(options);
        _endpoint = new EndpointWatch(options);
        _scheduler = new WriteScheduler(
            new SchedulerOptions
            {
                Linger = options.Linger.Ticks,
                Quarantine = options.Quarantine.Ticks,
                RetryTimeout = options.RetryTimeout.Ticks,
                MaxTries = options.MaxRetry,
                BackOff = setbacks => RetryPolicy.Delay(setbacks, _random.NextDouble()).Ticks,
            },
            Tell);
        _start = options.Clock.GetTimestamp();
        _runLane = RunLaneAsync;
        _alarm = new Alarm(options.Clock, OnAlarm);
    }

    /// <summary>Why the run ended early; null while it goes on.</summary>
    public DdbException? Failure { get; private set; }

    /// <summary>Writes whose fate is not decided yet.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _scheduler.Pending;
            }
        }
    }

    /// <summary>Requests in flight now.</summary>
    public int InFlight => _sent.Count;

    /// <summary>The most that were in flight at once.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>Room enough again that waking the offering thread pays.</summary>
    private bool HasRoom => _scheduler.Pending < MaxPending * 3 / 4 && _scheduler.PendingBytes < MaxPendingBytes;

    private long Now => _options.Clock.GetElapsedTime(_start).Ticks;

    /// <summary>Takes a write, or answers false where the buffer is full: then read outcomes, wait for the signal, offer again.</summary>
    /// <param name="operation">The write. It becomes the last of its key.</param>
    [MethodImpl(Jit.Hot)]
    public bool TryWrite(WriteOperation operation)
    {
        lock (_gate)
        {
            long now = Now;
            if (_scheduler.Pending >= MaxPending || _scheduler.PendingBytes >= MaxPendingBytes)
            {
                _offerRefused = true;
                _scheduler.Hurry();
                Pump(now);
                return false;
            }

            _scheduler.Add(operation, now);
            Pump(now);
            return true;
        }
    }

    /// <summary>Counts an item that needs no sending: accepted, and what became of it.</summary>
    /// <param name="counts">The accounts of the table where it was to go.</param>
    /// <param name="status">What became of it.</param>
    public void CountDecided(WriteCounts counts, WriteStatus status)
    {
        lock (_gate)
        {
            counts.Accepted++;
            counts.Count(status, 0);
        }
    }

    /// <summary>The next outcome to tell, if there is one.</summary>
    /// <param name="outcome">The outcome.</param>
    public bool TryRead(out WriteOutcome outcome) => _outcomes.TryDequeue(out outcome);

    /// <summary>Nothing more is coming: what waits leaves at once.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            _scheduler.Flush();
            Pump(Now);
        }
    }

    /// <summary>Nothing more is sent. What waits becomes NotSent now; requests in flight may still be answered.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            StopSending();
        }

        _options.Signal?.Invoke();
    }

    /// <summary>Nothing more is sent, and answers are no longer waited for: what is in flight becomes Unknown.</summary>
    public void Abort()
    {
        lock (_gate)
        {
            StopSending();

            // At once, not when the lanes come back: a transport that hangs, in a credential process perhaps, may never hear of it.
            var aborted = new WriteReply(ReplyKind.Ambiguous) { Message = "The run ended before the answer." };
            foreach (WriteRequest request in _sent)
            {
                _scheduler.Settle(request, aborted, Now);
            }

            _sent.Clear();
            _options.Journal?.Settled();
        }

        _abort.Cancel();
        _options.Signal?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Abort();
        _alarm.Dispose();
    }

    private async Task RunLaneAsync()
    {
        bool starting = true;
        while (true)
        {
            WriteRequest? request;
            long sentAt;
            lock (_gate)
            {
                _starting -= starting ? 1 : 0;
                starting = false;
                sentAt = Now;
                request = TakeNext(sentAt);
                if (request is null)
                {
                    _lanes--;
                    Pump(sentAt);
                    return;
                }
            }

            WriteReply reply;
            try
            {
                reply = await _transport.SendAsync(request, _abort.Token).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                // A transport that throws is a bug in it; the writes in its hands must not hang for it.
                reply = new WriteReply(ReplyKind.Ambiguous) { Message = fault.Message };
            }

            bool signal;
            lock (_gate)
            {
                if (!_sent.Remove(request))
                {
                    // Abort has decided its writes.
                    _lanes--;
                    return;
                }

                long now = Now;
                Settle(request, reply, now - sentAt, now);
                Pump(now);
                signal = (_offerRefused && HasRoom) || _scheduler.Pending == 0 || !_outcomes.IsEmpty;
                _offerRefused &= !signal;
            }

            if (signal)
            {
                _options.Signal?.Invoke();
            }
        }
    }

    [MethodImpl(Jit.Hot)]
    private WriteRequest? TakeNext(long now)
    {
        if (_stopped || _lanes > _throughput.MaxLanes || _throughput.DueAt > now)
        {
            return null;
        }

        WriteRequest? request = _scheduler.Take(now, _throughput.MaxUnitsPerRequest);
        if (request is null)
        {
            return null;
        }

        if (_options.Journal?.Announce(request) is false)
        {
            EndWithoutJournal();
            _scheduler.Settle(request, new WriteReply(ReplyKind.NotWritten), now);
            return null;
        }

        _throughput.Reserve(request, now);
        _sent.Add(request);
        MostInFlight = Math.Max(MostInFlight, _sent.Count);
        return request;
    }

    [MethodImpl(Jit.Hot)]
    private void Settle(WriteRequest request, WriteReply reply, long elapsed, long now)
    {
        _throughput.Learn(request, reply, elapsed, _lanes >= _throughput.MaxLanes, now);
        DdbException? failure = _endpoint.Learn(reply, elapsed, now);
        if (reply.Kind is ReplyKind.Fatal || (reply.Kind is ReplyKind.TableFailed && !_options.TablesFailAlone))
        {
            failure = reply.Failure;
        }

        if (failure is not null)
        {
            End(failure);
        }

        _scheduler.Settle(request, reply, now);
        _options.Journal?.Settled();
        if (_options.Journal?.Fault is not null)
        {
            EndWithoutJournal();
        }
    }

    private void EndWithoutJournal() => End(
        new DdbException(FailureKind.NotSent, $"The checkpoint could not be written, so nothing more was sent. {_options.Journal!.Fault?.Message} Mend that, and run the same command again: it goes on."));

    private void End(DdbException failure)
    {
        Failure ??= failure;
        StopSending();
    }

    private void StopSending()
    {
        if (!_stopped)
        {
            _stopped = true;
            _scheduler.Stop();
            _options.Journal?.Settled();
        }
    }

    /// <summary>Starts lanes for what could leave now, and sets the alarm for what may leave later.</summary>
    [MethodImpl(Jit.Hot)]
    private void Pump(long now)
    {
        if (_stopped)
        {
            return;
        }

        long paidAt = _throughput.DueAt;
        if (paidAt <= now)
        {
            int available = _scheduler.Available(now);
            while (_starting < available && _lanes < _throughput.MaxLanes)
            {
                _lanes++;
                _starting++;
                _ = Task.Run(_runLane);
            }
        }

        if (_scheduler.NextDue(now) is { } due)
        {
            _alarm.SetFor(Math.Max(due, paidAt), now);
        }
    }

    private void OnAlarm()
    {
        lock (_gate)
        {
            _alarm.Rang();
            Pump(Now);
        }
    }

    [MethodImpl(Jit.Hot)]
    private void Tell(WriteOutcome outcome)
    {
        _options.Journal?.Decided(outcome);
        if (_options.TellSuccesses || outcome.Status is not (WriteStatus.Succeeded or WriteStatus.Replaced))
        {
            _outcomes.Enqueue(outcome);
        }
    }
}
