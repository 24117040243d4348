using System;
using System.Collections.Generic;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Reading;

/// <summary>Keeps who waits for which key, and decides each read exactly once.</summary>
internal sealed class ReadLedger
{
    /// <summary>An answer of this size may have left keys out for its size alone: 16 MB, or 1 MB of one partition.</summary>
    private const int LargeAnswer = 1024 * 1024;

    private readonly ReadSchedulerOptions _options;
    private readonly KeyQueue _queue;
    private readonly Action<KeyRead> _decided;

    public ReadLedger(ReadSchedulerOptions options, KeyQueue queue, Action<KeyRead> decided)
    {
        _options = options;
        _queue = queue;
        _decided = decided;
    }

    /// <summary>Whether nothing more is sent.</summary>
    public bool Stopped { get; set; }

    /// <summary>Reads that are not decided yet.</summary>
    public int Pending { get; private set; }

    public void Add(KeyRead read, long now)
    {
        ReadTable table = read.Table;
        table.Counts.Accepted++;
        Pending++;
        if (Stopped || table.Failure is not null)
        {
            End(read);
            return;
        }

        // A key waits in one place only, or a request could hold it twice, which the service refuses.
        if (!table.Asked.TryGetValue(read.Key, out AskedKey? asked) || (_options.Consistent && asked.InFlight))
        {
            asked = new AskedKey(table, read.Key);
            table.Asked[read.Key] = asked;
            _queue.Add(asked, now);
        }

        read.Asked = asked;
        if (asked.Decided)
        {
            Answer(asked, read, asked.Reads[0].Item);
        }
        else
        {
            asked.Reads.Add(read);
        }
    }

    /// <summary>The item is there. For a while others of its key get it too, but where they may see no older state.</summary>
    public void Find(AskedKey key, ReadOnlyMemory<byte> item)
    {
        key.Decided = true;
        if (_options.Consistent)
        {
            Forget(key);
        }

        key.Reads.ForEach(r => Answer(key, r, item));
    }

    public void Fail(AskedKey key, FailureKind kind, string? message, Exception? cause = null, ReadStatus status = ReadStatus.Failed)
    {
        Forget(key);
        foreach (KeyRead read in key.Reads)
        {
            read.Fail(status, kind, message, cause);
            Decide(read);
        }
    }

    /// <summary>Decides what will not be read: its table failed, or the run ended.</summary>
    public void End(AskedKey key)
    {
        Forget(key);
        key.Reads.ForEach(End);
    }

    /// <summary>Keys come back unread: they are sent again, unless their time or their tries are up.</summary>
    public void Return(List<AskedKey> keys, ReadReply reply, long now, bool progress)
    {
        var again = new List<AskedKey>();
        int setbacks = 0;
        foreach (AskedKey key in keys)
        {
            if (Stopped || key.Table.Failure is not null)
            {
                End(key);
            }
            else if (key.Tries >= _options.MaxTries || now - Math.Max(key.FirstSent, key.Table.LastProgress) > _options.RetryTimeout.Ticks)
            {
                Fail(key, FailureKind.ItemUnprocessed, FormattableString.Invariant($"It could not be read in {key.Tries} tries. {reply.Message}"), reply.Cause);
            }
            else
            {
                key.Setbacks = progress ? 1 : key.Setbacks + 1;
                setbacks = Math.Max(setbacks, key.Setbacks);
                if (Rejoin(key))
                {
                    again.Add(key);
                }
            }
        }

        if (again.Count > 0)
        {
            bool large = progress && reply.Bytes >= LargeAnswer;
            _queue.Add(new KeyGroup(again, large ? now : now + _options.BackOff(setbacks)));
        }
    }

    /// <summary>Keys of a refused request are sent again without the others.</summary>
    public void SetApart(List<AskedKey> keys)
    {
        var again = new List<AskedKey>();
        foreach (AskedKey key in keys)
        {
            if (Stopped)
            {
                End(key);
            }
            else if (Rejoin(key))
            {
                again.Add(key);
            }
        }

        if (again.Count > 0)
        {
            _queue.Add(new KeyGroup(again, long.MinValue, apart: true));
        }
    }

    /// <summary>The key's item need not be kept for others any longer.</summary>
    public static void Forget(AskedKey asked)
    {
        if (asked.Table.Asked.TryGetValue(asked.Key, out AskedKey? latest) && ReferenceEquals(latest, asked))
        {
            asked.Table.Asked.Remove(asked.Key);
        }
    }

    /// <summary>A key is to wait again. False where it was asked for anew meanwhile: then those who wait for it wait there.</summary>
    private static bool Rejoin(AskedKey key)
    {
        if (key.Table.Asked.TryGetValue(key.Key, out AskedKey? latest) && !ReferenceEquals(latest, key) && !latest.InFlight)
        {
            key.Reads.ForEach(r => r.Asked = latest);
            latest.Reads.InsertRange(0, key.Reads);
            return false;
        }

        key.Table.Asked[key.Key] = key;
        return true;
    }

    private void End(KeyRead read)
    {
        DdbException? failure = read.Table.Failure;
        read.Fail(
            failure is null ? ReadStatus.NotRead : ReadStatus.Failed,
            failure?.Kind ?? FailureKind.NotSent,
            failure?.Message ?? "The run ended before it was read.",
            failure);
        Decide(read);
    }

    private void Answer(AskedKey key, KeyRead read, ReadOnlyMemory<byte> item)
    {
        key.Untaken++;
        read.Find(item);
        Decide(read);
    }

    private void Decide(KeyRead read)
    {
        Pending--;
        read.Table.Counts.Count(read.Status);
        _decided(read);
    }
}
