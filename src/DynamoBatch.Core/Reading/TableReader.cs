using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Core.Reading;

/// <summary>
/// Reads a table or an index page by page: as a scan, its segments side by side, or as a query. One thread takes the pages. A
/// page that fails is asked for again; what cannot be read ends the run with a failure, never with fewer items.
/// </summary>
public sealed class TableReader : IDisposable
{
    private static readonly long LogPause = TimeSpan.FromSeconds(2).Ticks;

    private readonly object _gate = new();
    private readonly Func<PageRequest, CancellationToken, Task<PageReply>> _send;
    private readonly PageSource _source;
    private readonly ReaderOptions _options;
    private readonly ScanPace _pace;
    private readonly ScanLedger _ledger;
    private readonly SilenceWatch _silence;
    private readonly CancellationTokenSource _abort = new();
    private readonly Queue<ReadPage> _pages = new();
    private readonly Alarm _alarm;
    private readonly long _start;
    private long _logAgainAt;
    private bool _stopped;

    /// <param name="send">Asks for a page, once.</param>
    /// <param name="source">What is read.</param>
    /// <param name="options">How it asks.</param>
    /// <param name="steps">Who says which segment may go on; null where any may.</param>
    internal TableReader(
        Func<PageRequest, CancellationToken, Task<PageReply>> send, PageSource source, ReaderOptions options, ISegmentSteps? steps = null)
    {
        _send = send;
        _source = source;
        _options = options;
        _ledger = new ScanLedger(source, options, Counts, steps);
        _pace = new ScanPace(options, Counts.Segments);
        _silence = new SilenceWatch(options);
        _start = options.SharedCapacity?.Start ?? options.Clock.GetTimestamp();
        _alarm = new Alarm(options.Clock, OnAlarm);
        lock (_gate)
        {
            Pump();
        }
    }

    /// <summary>Why not everything was read; null while nothing has failed.</summary>
    public DdbException? Failure => _ledger.Failure;

    /// <summary>The accounts.</summary>
    public PageCounts Counts { get; } = new();

    /// <summary>Requests in flight now.</summary>
    public int InFlight { get; private set; }

    /// <summary>Whether nothing more will come, because it has ended or has failed.</summary>
    public bool IsCompleted
    {
        get
        {
            lock (_gate)
            {
                return _pages.Count == 0 && (_stopped || _ledger.IsEnded);
            }
        }
    }

    private long Now => _options.Clock.GetElapsedTime(_start).Ticks;

    /// <summary>The next page, if there is one. Asking for another one after a page is what lets the reader go on.</summary>
    /// <param name="page">Its items; never none.</param>
    public bool TryTake(out ReadPage? page)
    {
        lock (_gate)
        {
            page = _pages.Count > 0 ? _pages.Dequeue() : null;
            _pace.BufferedBytes -= page?.Bytes ?? 0;
            return page is not null;
        }
    }

    /// <summary>The items of the last page are used up, and more is wanted.</summary>
    public void GoOn()
    {
        lock (_gate)
        {
            _pace.Widen();
            Pump();
        }
    }

    /// <summary>Nothing more is read.</summary>
    public void Abort()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        _abort.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Abort();
        _alarm.Dispose();
    }

    private async Task SendAsync(PageRequest request, long sentAt)
    {
        PageReply reply;
        try
        {
            reply = await _send(request, _abort.Token).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            // A transport that throws is a bug in it, but must not end a scan in silence.
            reply = new PageReply(ReplyKind.Ambiguous) { Message = fault.Message };
        }

        lock (_gate)
        {
            InFlight--;
            request.Segment.InFlight = false;
            if (!_stopped && !_ledger.IsEnded)
            {
                long now = Now;
                Settle(request, reply, now - sentAt, now);
                Pump();
            }
        }

        _options.Signal?.Invoke();
    }

    private void Settle(PageRequest request, PageReply reply, long elapsed, long now)
    {
        if (_pace.Learn(request, reply) && now >= _logAgainAt)
        {
            _logAgainAt = now + LogPause;
            _options.Log?.Invoke($"Throttled; fewer requests are in flight now. {reply.Message}");
        }

        Counts.ConsumedCapacity += reply.Units ?? 0;
        Counts.Throttles += reply.Throttled ? 1 : 0;
        DdbException? gone = _silence.Learn(reply.Kind, reply.Reached, reply.Message, elapsed, now);
        switch (reply.Kind)
        {
            case ReplyKind.Answered:
                Keep(_ledger.Keep(request.Segment, reply, now), reply);
                break;
            case ReplyKind.TableFailed or ReplyKind.Fatal:
                _ledger.Fail(reply.Failure!);
                break;
            case ReplyKind.Rejected:
                _ledger.Fail(new DdbException(FailureKind.ItemRejected, $"DynamoDB refused to read {_source.Name}. {reply.Message}"));
                break;
            case var _ when gone is not null:
                _ledger.Fail(gone);
                break;
            default:
                _ledger.TryAgain(request.Segment, reply.Message, now);
                break;
        }
    }

    private void Keep(List<ReadOnlyMemory<byte>> items, PageReply reply)
    {
        if (items.Count > 0)
        {
            _pages.Enqueue(new ReadPage(items, reply.Bytes) { Made = reply.Made });
            _pace.BufferedBytes += reply.Bytes;
        }
        else
        {
            // Nothing that somebody could have enough of.
            _pace.Widen();
        }
    }

    /// <summary>Asks for what may be asked for now, and sets the alarm for what may be later.</summary>
    private void Pump()
    {
        long now = Now;
        while (!_stopped && !_ledger.IsEnded && _pace.DueAt <= now && _pace.HasRoom(InFlight, _pages.Count) && _ledger.Next(now) is { } segment)
        {
            int? limit = _pace.Limit(Counts.Requests == 0, _source.Filter is null ? _ledger.Remaining : null);
            double units = _pace.Reserve(limit, now);
            var request = new PageRequest(segment, segment.StartKey, _ledger.TotalSegments, limit, _options.ConsistentRead, units);
            _ledger.Begin(segment, now);
            _silence.Sent(now);
            InFlight++;
            _ = Task.Run(() => SendAsync(request, now));
        }

        if (!_stopped && !_ledger.IsEnded)
        {
            _alarm.SetFor(Math.Max(_ledger.NextDue() ?? long.MaxValue, _pace.DueAt), now);
            _alarm.SetFor(_silence.DueAt ?? long.MaxValue, now);
        }
    }

    private void OnAlarm()
    {
        lock (_gate)
        {
            _alarm.Rang();
            if (!_ledger.IsEnded && _silence.Check(Now) is { } silent)
            {
                _ledger.Fail(silent);
            }

            Pump();
        }
    }
}
