using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Core.Reading;

/// <summary>
/// The reader of keys. One thread asks and takes answers; many requests are in flight. Every accepted key is answered once,
/// whatever happens. What is asked next, and what an answer means, the scheduler decides; this class gives it a lock and a clock.
/// </summary>
public sealed class BatchReader : IDisposable
{
    /// <summary>Reads accepted and not taken at most. More would not fill more requests, only memory.</summary>
    private const int MaxUntaken = 8192;

    private readonly object _gate = new();
    private readonly Func<ReadRequest, CancellationToken, Task<ReadReply>> _send;
    private readonly ReaderOptions _options;
    private readonly ReadScheduler _scheduler;
    private readonly ReadPace _pace;
    private readonly SilenceWatch _silence;
    private readonly CancellationTokenSource _abort = new();
    private readonly HashSet<ReadRequest> _sent = new();
    private readonly UntakenReads _untaken;
    private readonly Alarm _alarm;
    private readonly long _start;
    private bool _stopped;
    private bool _waiting;

    internal BatchReader(Func<ReadRequest, CancellationToken, Task<ReadReply>> send, ReaderOptions options)
    {
        _send = send;
        _options = options;
        _pace = new ReadPace(options);
        _silence = new SilenceWatch(options);
        _untaken = new UntakenReads(options.Ordered);
        var random = options.Seed is { } seed ? new Random(seed) : new Random();
        _scheduler = new ReadScheduler(
            new ReadSchedulerOptions
            {
                Linger = options.Linger,
                RetryTimeout = options.RetryTimeout,
                MaxTries = options.MaxRetry,
                Consistent = options.ConsistentRead,
                BackOff = setbacks => RetryPolicy.Delay(setbacks, random.NextDouble()).Ticks,
            },
            _untaken.Decided);
        _start = options.SharedCapacity?.Start ?? options.Clock.GetTimestamp();
        _alarm = new Alarm(options.Clock, OnAlarm);
    }

    /// <summary>Why the run ended early; null while it goes on.</summary>
    public DdbException? Failure { get; private set; }

    /// <summary>Keys accepted whose answers are not taken yet.</summary>
    public int Untaken => _untaken.Count;

    /// <summary>Whether another key can be asked for.</summary>
    public bool HasRoom => Untaken < MaxUntaken;

    /// <summary>Requests in flight now.</summary>
    public int InFlight => _sent.Count;

    /// <summary>The most that were in flight at once.</summary>
    public int MostInFlight { get; private set; }

    private long Now => _options.Clock.GetElapsedTime(_start).Ticks;

    /// <summary>Asks for a key, or answers false where too many wait: then take answers, wait for the signal, ask again.</summary>
    /// <param name="read">The key.</param>
    [MethodImpl(Jit.Hot)]
    public bool TryAsk(KeyRead read)
    {
        lock (_gate)
        {
            if (_untaken.Count >= MaxUntaken)
            {
                _waiting = true;
                return false;
            }

            _untaken.Add(read);
            _scheduler.Add(read, Now);
            Pump();
            return true;
        }
    }

    /// <summary>The next answer, if there is one.</summary>
    /// <param name="read">The key, decided.</param>
    [MethodImpl(Jit.Hot)]
    public bool TryTake(out KeyRead? read)
    {
        lock (_gate)
        {
            read = _untaken.Take();
            if (read is null)
            {
                _waiting = _untaken.Count > 0;
                return false;
            }

            ReadScheduler.Taken(read);
            Pump();
            return true;
        }
    }

    /// <summary>Counts a key that could not be asked for.</summary>
    /// <param name="counts">The accounts of its table.</param>
    /// <param name="status">What became of it instead.</param>
    public void Count(ReadCounts counts, ReadStatus status)
    {
        lock (_gate)
        {
            counts.CountUnasked(status);
        }
    }

    /// <summary>Nothing more is coming: what waits leaves at once.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            _scheduler.Flush();
            Pump();
        }
    }

    /// <summary>Nothing more is read: every key whose answer was not taken becomes NotRead, now.</summary>
    public void Abort()
    {
        lock (_gate)
        {
            Stop(null);
            foreach (ReadRequest request in _sent)
            {
                _scheduler.Settle(request, new ReadReply(ReplyKind.Ambiguous), Now);
            }

            _sent.Clear();
            _untaken.Clear();
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

    private async Task SendAsync(ReadRequest request, long sentAt)
    {
        ReadReply reply;
        try
        {
            reply = await _send(request, _abort.Token).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            // A transport that throws is a bug in it; the keys in its hands must not hang for it.
            reply = new ReadReply(ReplyKind.Ambiguous) { Message = fault.Message };
        }

        if (Settle(request, reply, sentAt))
        {
            _options.Signal?.Invoke();
        }
    }

    /// <summary>Takes in what became of a request. True where the caller waits to hear of it.</summary>
    private bool Settle(ReadRequest request, ReadReply reply, long sentAt)
    {
        lock (_gate)
        {
            bool saturated = _sent.Count >= _pace.MaxLanes;
            if (!_sent.Remove(request))
            {
                return false; // Abort has decided its keys.
            }

            long now = Now;
            _pace.Learn(request, reply, now - sentAt, saturated, now);
            DdbException? silent = _silence.Learn(reply.Kind, reply.Reached, reply.Message, now - sentAt, now);
            bool final = reply.Kind is ReplyKind.Fatal || (reply.Kind is ReplyKind.TableFailed && !_options.TablesFailAlone);
            if ((final ? reply.Failure : silent) is { } failure)
            {
                Stop(failure);
            }

            _scheduler.Settle(request, reply, now);
            Pump();
            (bool signal, _waiting) = (_waiting, false);
            return signal;
        }
    }

    private void Stop(DdbException? failure)
    {
        Failure ??= failure;
        _stopped = true;
        _scheduler.Stop();
    }

    /// <summary>Sends what may leave now, and sets the alarm for what may leave later.</summary>
    [MethodImpl(Jit.Hot)]
    private void Pump()
    {
        long now = Now;
        while (!_stopped && _sent.Count < _pace.MaxLanes && _pace.DueAt <= now && TakeNext(now) is { } request)
        {
            _pace.Reserve(request, now);
            _silence.Sent(now);
            _sent.Add(request);
            MostInFlight = Math.Max(MostInFlight, _sent.Count);
            _ = Task.Run(() => SendAsync(request, now));
        }

        _alarm.SetFor(Math.Max(_scheduler.NextDue() ?? long.MaxValue, _pace.DueAt), now);
        _alarm.SetFor(_silence.DueAt ?? long.MaxValue, now);
    }

    /// <summary>Where memory is short, the one that all others wait for is sent alone.</summary>
    private ReadRequest? TakeNext(long now) =>
        _pace.HasRoom(_sent.Count, _untaken.Bytes) ? _scheduler.Take(now, _pace.MaxKeys)
        : _untaken.Awaited is { } awaited ? _scheduler.TakeOnly(awaited, now)
        : null;

    private void OnAlarm()
    {
        lock (_gate)
        {
            _alarm.Rang();
            if (_silence.Check(Now) is { } silent)
            {
                Stop(silent);
            }

            Pump();
        }
    }
}
