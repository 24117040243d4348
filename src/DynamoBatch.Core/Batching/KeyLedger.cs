using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Batching;

/// <summary>
/// Keeps the writes of each key in order, and decides each of them exactly once. What is undecided is either in one of the
/// packer's places or in a request.
/// </summary>
internal sealed class KeyLedger
{
    private readonly SchedulerOptions _options;
    private readonly RequestPacker _packer;
    private readonly WriteFates _fates;
    private readonly Dictionary<ItemKey, KeySlot> _slots = new();

    public KeyLedger(SchedulerOptions options, RequestPacker packer, WriteFates fates)
    {
        _options = options;
        _packer = packer;
        _fates = fates;
        packer.Expired = slot => _slots.Remove(slot.Key);
    }

    /// <summary>Takes a write as the last of its key.</summary>
    [MethodImpl(Jit.Hot)]
    public void Add(WriteOperation operation, long now)
    {
        _fates.Accept(operation);
        if (_fates.Stopped || operation.Table.Failure is not null)
        {
            _fates.DecideUnsent(operation);
            return;
        }

        var key = new ItemKey(operation.Table, operation.Item.Key);
        if (_slots.TryGetValue(key, out KeySlot? slot))
        {
            slot.Add(operation);
            return;
        }

        slot = new KeySlot(key);
        slot.Add(operation);
        _slots.Add(key, slot);
        _packer.Enqueue(slot, now);
    }

    /// <summary>The service acknowledged the write: those that it replaced are void.</summary>
    [MethodImpl(Jit.Hot)]
    public void Succeed(KeySlot slot, ItemReply reply, long now)
    {
        WriteOperation operation = slot.Current!;
        operation.Table.LastProgress = now;
        slot.Setbacks = 0;

        // Those first: should a kill leave only one of them in a checkpoint, the later one is sent again, not the earlier one on top of it.
        _fates.DecideChain(operation.Predecessor, WriteStatus.Replaced);
        _fates.Decide(new WriteOutcome(operation, WriteStatus.Succeeded, default, reply.Message, reply.Returned));
        Release(slot, slot.Advance(), now);
    }

    /// <summary>The service refused the write for good: the one that it had replaced is sent after all.</summary>
    public void Refuse(KeySlot slot, ItemReply reply, long now) => Fail(
        slot,
        slot.MayLand || slot.Current!.MayHaveLanded
            ? Unknown(reply, "Refused now, but an earlier sending may have been written: its answer was lost.")
            : reply with { Failure = FailureKind.ItemRejected },
        now);

    /// <summary>The write will not be made, or nobody will ever know: the one that it had replaced is sent after all.</summary>
    public void Fail(KeySlot slot, ItemReply reply, long now)
    {
        WriteOperation operation = slot.Current!;
        WriteOperation? earlier = operation.Predecessor;
        var verdict = new WriteOutcome(
            operation, reply.Failure is FailureKind.OutcomeUnknown ? WriteStatus.Unknown : WriteStatus.Failed, reply.Failure, reply.Message) { Cause = reply.Cause };
        bool more = slot.FallBack();
        if (earlier is null)
        {
            _fates.Decide(verdict);
        }
        else
        {
            // Told behind the earlier one: who retries failures in the order in which they are told must not end with the earlier one.
            earlier.Later = new StrongBox<WriteOutcome>(verdict);
        }

        Release(slot, more, now);
    }

    /// <summary>The write may have been made, or may be yet: it is sent again where that is safe.</summary>
    public void Doubt(KeySlot slot, ItemReply reply, long now)
    {
        slot.MayLand = true;
        if (slot.Current!.Repeat is RepeatRule.Never)
        {
            Fail(slot, Unknown(reply, "The answer was lost, and to do it twice would be wrong."), now);
        }
        else
        {
            Return(slot, reply, now);
        }
    }

    /// <summary>The service would not do the write as a statement: it goes at once, by a request of its own.</summary>
    public void Reroute(KeySlot slot, long now)
    {
        slot.Current!.ByItself = true;
        if (_fates.Stopped || slot.Key.Table.Failure is not null)
        {
            End(slot);
        }
        else
        {
            _packer.Enqueue(slot, now);
        }
    }

    /// <summary>A write came back undone, or perhaps undone: it is sent again later, unless its time is up.</summary>
    [MethodImpl(Jit.Hot)]
    public void Return(KeySlot slot, ItemReply reply, long now)
    {
        WriteOperation operation = slot.Current!;
        slot.Setbacks++;
        if (_fates.Stopped || operation.Table.Failure is not null)
        {
            End(slot);
        }
        else if (operation.Tries >= _options.MaxTries
            || now - Math.Max(operation.Table.LastProgress, operation.FirstSent) > _options.RetryTimeout)
        {
            GiveUp(slot, reply, now);
        }
        else
        {
            slot.Absorb();
            _packer.Delay(slot, now + _options.BackOff(slot.Setbacks));
        }
    }

    private static ItemReply Unknown(ItemReply reply, string why) => reply with { Failure = FailureKind.OutcomeUnknown, Message = $"{why} {reply.Message}" };

    private void GiveUp(KeySlot slot, ItemReply reply, long now)
    {
        WriteOperation operation = slot.Current!;
        string why = $"Gave up after {operation.Tries} tries. {reply.Message}";
        WriteOperation? earlier = operation.Predecessor;
        bool more = slot.Advance();
        bool doubtful = slot.MayLand || operation.MayHaveLanded;
        _fates.DecideChain(earlier, WriteStatus.Failed, FailureKind.ItemUnprocessed, "A later write of this key was tried in its place. " + why);
        _fates.Decide(new WriteOutcome(
            operation,
            doubtful ? WriteStatus.Unknown : WriteStatus.Failed,
            doubtful ? FailureKind.OutcomeUnknown : FailureKind.ItemUnprocessed,
            why) { Cause = reply.Cause });
        Release(slot, more, now);
    }

    /// <summary>The current write is decided: the slot goes on to the next, sits out its quarantine, or is gone.</summary>
    [MethodImpl(Jit.Hot)]
    private void Release(KeySlot slot, bool more, long now)
    {
        if (more && (_fates.Stopped || slot.Key.Table.Failure is not null))
        {
            slot.MayLand = false;
            End(slot);
            return;
        }

        _slots.Remove(slot.Key);
        if (!more && !slot.MayLand)
        {
            return;
        }

        slot.Rekey();
        _slots.Add(slot.Key, slot);
        if (slot.MayLand)
        {
            slot.MayLand = false;
            _packer.Delay(slot, now + _options.Quarantine);
        }
        else
        {
            _packer.Enqueue(slot, now);
        }
    }

    /// <summary>Decides everything of a key at once: its table failed, or the run was stopped.</summary>
    public void End(KeySlot slot)
    {
        _slots.Remove(slot.Key);
        bool mayHaveLanded = slot.MayLand;
        while (slot.Current is { } operation)
        {
            WriteOperation? earlier = WriteFates.Reverse(operation.Predecessor);
            slot.Advance();
            while (earlier is not null)
            {
                WriteOperation next = earlier;
                earlier = next.Predecessor;
                _fates.DecideUnsent(next);
            }

            if (mayHaveLanded)
            {
                _fates.Decide(new WriteOutcome(
                    operation, WriteStatus.Unknown, FailureKind.OutcomeUnknown, "The answer was lost, and the run ended before it could be asked again."));
            }
            else
            {
                _fates.DecideUnsent(operation);
            }

            mayHaveLanded = false;
        }
    }
}
