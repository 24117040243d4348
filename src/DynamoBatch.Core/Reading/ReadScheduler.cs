using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Reading;

/// <summary>
/// Decides which keys are asked for next and what becomes of them. Pure: it owns no thread, no clock and no connection, and its
/// caller serializes the calls. A repeated key is asked for once; each added read is decided exactly once.
/// </summary>
internal sealed class ReadScheduler
{
    private readonly KeyQueue _queue;
    private readonly ReadLedger _ledger;

    public ReadScheduler(ReadSchedulerOptions options, Action<KeyRead> decided)
    {
        _queue = new KeyQueue(options.Linger);
        _ledger = new ReadLedger(options, _queue, decided);
    }

    /// <summary>Reads that are not decided yet.</summary>
    public int Pending => _ledger.Pending;

    /// <summary>Takes a read.</summary>
    [MethodImpl(Jit.Hot)]
    public void Add(KeyRead read, long now) => _ledger.Add(read, now);

    /// <summary>The caller has taken a decided read.</summary>
    public static void Taken(KeyRead read)
    {
        if (read.Asked is { Decided: true } asked && --asked.Untaken == 0)
        {
            ReadLedger.Forget(asked);
        }
    }

    /// <summary>The next request to send, or null.</summary>
    public ReadRequest? Take(long now, int max) => _queue.Take(now, max) is { } keys ? Begin(keys, now) : null;

    /// <summary>A request of this one read, or null where it cannot be sent now.</summary>
    public ReadRequest? TakeOnly(KeyRead read, long now) =>
        read.Asked is { InFlight: false } asked && _queue.Remove(asked, now) ? Begin([asked], now) : null;

    /// <summary>When to look again if nothing else happens, in ticks; null where nothing waits.</summary>
    public long? NextDue() => _queue.NextDue();

    /// <summary>Nothing more is coming: part-filled requests leave at once.</summary>
    public void Flush() => _queue.Flushing = true;

    /// <summary>Nothing more is sent: what waits is decided now, what is in flight when it is settled.</summary>
    public void Stop()
    {
        _ledger.Stopped = true;
        _queue.RemoveAll(_ => true).ForEach(_ledger.End);
    }

    /// <summary>Takes in what became of a request.</summary>
    public void Settle(ReadRequest request, ReadReply reply, long now)
    {
        List<ReadTable> tables = request.Tables();
        foreach ((ReadTable table, double units) in reply.Consumed)
        {
            table.Counts.ConsumedCapacity += units;
        }

        request.Keys.ForEach(k => k.InFlight = false);
        if (reply.Throttled)
        {
            tables.FindAll(t => reply.Unprocessed is null || HasUnprocessed(request, reply.Unprocessed, t)).ForEach(t => t.Counts.Throttles++);
        }

        switch (reply.Kind)
        {
            case ReplyKind.Answered:
                SettleAnswer(request, reply, now);
                break;
            case ReplyKind.Rejected when request.Count == 1:
                _ledger.Fail(request.Keys[0], FailureKind.ItemRejected, reply.Message, reply.Cause);
                break;
            case ReplyKind.Rejected:
                _ledger.SetApart(request.Keys.GetRange(0, request.Count / 2));
                _ledger.SetApart(request.Keys.GetRange(request.Count / 2, request.Count - (request.Count / 2)));
                break;
            case ReplyKind.TableFailed when _ledger.Stopped:
                request.Keys.ForEach(_ledger.End);
                break;
            case ReplyKind.TableFailed when tables.Count > 1:
                tables.ForEach(t => _ledger.SetApart(request.Keys.FindAll(k => k.Table == t)));
                break;
            case ReplyKind.TableFailed:
                tables[0].Failure ??= reply.Failure!;
                _queue.RemoveAll(k => k.Table == tables[0]).ForEach(_ledger.End);
                request.Keys.ForEach(_ledger.End);
                break;
            default:
                _ledger.Return(request.Keys, reply, now, progress: false);
                break;
        }
    }

    private static bool HasUnprocessed(ReadRequest request, bool[] unprocessed, ReadTable table) =>
        request.Keys.Where((k, i) => unprocessed[i] && k.Table == table).Any();

    private static ReadRequest Begin(List<AskedKey> keys, long now)
    {
        var request = new ReadRequest(keys);
        foreach (AskedKey key in keys)
        {
            key.InFlight = true;
            if (key.Tries++ == 0)
            {
                key.FirstSent = now;
            }
            else
            {
                key.Table.Counts.Retries++;
            }

            if (!ReferenceEquals(key.Table.LastRequest, request))
            {
                key.Table.LastRequest = request;
                key.Table.Counts.Requests++;
            }
        }

        return request;
    }

    private void SettleAnswer(ReadRequest request, ReadReply reply, long now)
    {
        var rest = new List<AskedKey>();
        for (int i = 0; i < request.Count; i++)
        {
            AskedKey key = request.Keys[i];
            if (reply.Unprocessed is not null && reply.Unprocessed[i])
            {
                rest.Add(key);
                continue;
            }

            key.Table.LastProgress = now;
            if (reply.Items[i].IsEmpty)
            {
                _ledger.Fail(key, FailureKind.ItemNotFound, "There is no such item.", status: ReadStatus.Missing);
            }
            else
            {
                _ledger.Find(key, reply.Items[i]);
            }
        }

        _ledger.Return(rest, reply, now, progress: rest.Count < request.Count);
    }
}
