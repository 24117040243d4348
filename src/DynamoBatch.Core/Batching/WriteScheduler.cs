using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Batching;

/// <summary>
/// Decides what is sent next and what becomes of what was sent. Pure: it owns no thread, no clock and no connection, and its
/// caller serializes the calls. Per key it keeps the order of <see cref="Add"/>; each added write gets exactly one outcome.
/// </summary>
internal sealed class WriteScheduler
{
    private readonly RequestPacker _packer;
    private readonly WriteFates _fates;
    private readonly KeyLedger _ledger;

    public WriteScheduler(SchedulerOptions options, Action<WriteOutcome> decided)
    {
        _packer = new RequestPacker(options.Linger);
        _fates = new WriteFates(decided);
        _ledger = new KeyLedger(options, _packer, _fates);
    }

    /// <summary>Writes whose fate is not decided yet.</summary>
    public int Pending => _fates.Pending;

    /// <summary>The encoded bytes of those.</summary>
    public long PendingBytes => _fates.PendingBytes;

    /// <summary>Takes a write. It becomes the last of its key.</summary>
    [MethodImpl(Jit.Hot)]
    public void Add(WriteOperation operation, long now) => _ledger.Add(operation, now);

    /// <summary>How many requests could be taken now.</summary>
    public int Available(long now) => _packer.Available(now);

    /// <summary>The next request to send, or null. Its writes stay out of every other request until it is settled.</summary>
    [MethodImpl(Jit.Hot)]
    public WriteRequest? Take(long now, int maxUnits)
    {
        WriteRequest? request = _packer.Take(now, maxUnits);
        if (request is null)
        {
            return null;
        }

        for (int i = 0; i < request.Count; i++)
        {
            WriteOperation operation = request[i];
            if (operation.Tries++ == 0)
            {
                operation.FirstSent = now;
            }
            else
            {
                operation.Table.Counts.Retries++;
            }

            if (!ReferenceEquals(operation.Table.LastRequest, request))
            {
                operation.Table.LastRequest = request;
                operation.Table.Counts.Requests++;
            }
        }

        return request;
    }

    /// <summary>When to look again if nothing else happens; null where nothing waits.</summary>
    public long? NextDue(long now) => _packer.NextDue(now);

    /// <summary>Nothing more is coming: part-filled requests leave at once.</summary>
    public void Flush() => _packer.Flushing = true;

    /// <summary>The buffer is full: the next request leaves as it is.</summary>
    public void Hurry() => _packer.Hurrying = true;

    /// <summary>Nothing more is sent: what waits is decided now, what is in flight when it is settled.</summary>
    public void Stop()
    {
        _fates.Stopped = true;
        foreach (KeySlot slot in _packer.Remove(_ => true))
        {
            _ledger.End(slot);
        }
    }

    /// <summary>A table takes no more writes: those that wait fail.</summary>
    public void FailTable(WriteTable table, DdbException failure)
    {
        table.Failure ??= failure;
        foreach (KeySlot slot in _packer.Remove(slot => ReferenceEquals(slot.Key.Table, table)))
        {
            _ledger.End(slot);
        }
    }

    /// <summary>Takes in what became of a request.</summary>
    [MethodImpl(Jit.Hot)]
    public void Settle(WriteRequest request, WriteReply reply, long now)
    {
        foreach (ConsumedUnits consumed in reply.Consumed)
        {
            consumed.Table.Counts.ConsumedCapacity += consumed.Units;
        }

        if (reply.Throttled)
        {
            CountThrottles(request, reply);
        }

        if (!_fates.Stopped && TrySplit(request, reply.Kind))
        {
            return;
        }

        if (_fates.Stopped && reply.Kind is ReplyKind.Rejected && request.Count > 1)
        {
            // Not split any more: none was written, and whose fault that is nobody will know.
            reply = new WriteReply(ReplyKind.NotWritten) { Message = reply.Message, Cause = reply.Cause };
        }

        if (reply.Kind is ReplyKind.TableFailed && !_fates.Stopped)
        {
            FailTable(request[0].Table, reply.Failure!);
        }

        for (int i = 0; i < request.Count; i++)
        {
            KeySlot slot = request.Slots[i];
            slot.InFlight = false;
            ItemReply item = reply.Of(i);
            switch (item.Kind)
            {
                case ItemReplyKind.Written:
                    _ledger.Succeed(slot, item, now);
                    break;
                case ItemReplyKind.Refused:
                    _ledger.Refuse(slot, item, now);
                    break;
                case ItemReplyKind.Unmet:
                    _ledger.Fail(slot, item, now);
                    break;
                case ItemReplyKind.ByItself:
                    _ledger.Reroute(slot, now);
                    break;
                case ItemReplyKind.Ambiguous:
                    _ledger.Doubt(slot, item, now);
                    break;
                default:
                    _ledger.Return(slot, item, now);
                    break;
            }
        }
    }

    private static void CountThrottles(WriteRequest request, WriteReply reply)
    {
        var seen = new HashSet<WriteTable>();
        for (int i = 0; i < request.Count; i++)
        {
            if (reply.Of(i).Kind is ItemReplyKind.NotWritten && seen.Add(request[i].Table))
            {
                request[i].Table.Counts.Throttles++;
            }
        }
    }

    /// <summary>A request that failed for one of several writes or tables is sent again in parts, until the cause stands alone.</summary>
    private bool TrySplit(WriteRequest request, ReplyKind kind)
    {
        if (kind is ReplyKind.TableFailed)
        {
            return TrySplitByTable(request);
        }

        if (kind is not ReplyKind.Rejected || request.Count == 1)
        {
            return false;
        }

        var slots = new List<KeySlot>(request.Slots);
        int half = slots.Count / 2;
        _packer.SetApart(request.Route, slots.GetRange(0, half));
        _packer.SetApart(request.Route, slots.GetRange(half, slots.Count - half));
        return true;
    }

    private bool TrySplitByTable(WriteRequest request)
    {
        var tables = new Dictionary<WriteTable, List<KeySlot>>();
        foreach (KeySlot slot in request.Slots)
        {
            if (!tables.TryGetValue(slot.Key.Table, out List<KeySlot>? slots))
            {
                tables.Add(slot.Key.Table, slots = new List<KeySlot>());
            }

            slots.Add(slot);
        }

        if (tables.Count == 1)
        {
            return false;
        }

        foreach (List<KeySlot> slots in tables.Values)
        {
            _packer.SetApart(request.Route, slots);
        }

        return true;
    }
}
