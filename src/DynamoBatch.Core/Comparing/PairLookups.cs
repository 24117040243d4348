using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Comparing;

/// <summary>Looks keys up in both tables, by consistent reads. One thread adds and takes.</summary>
internal sealed class PairLookups : IDisposable
{
    /// <summary>Lookups that wait to be asked for, before scanning pauses.</summary>
    private const int MaxWaiting = 4096;

    private readonly BatchReader _reader;
    private readonly ReadTable _reference;
    private readonly ReadTable _difference;
    private readonly Queue<PairLookup> _waiting = new();
    private long _requests;

    public PairLookups(
        Func<ReadRequest, CancellationToken, Task<ReadReply>> send, TableSchema reference, TableSchema difference, ReaderOptions options)
    {
        _reference = new ReadTable(reference);
        _difference = new ReadTable(difference);
        _reader = new BatchReader(
            (request, cancellation) =>
            {
                // Counted here: a request with keys of both tables counts for each of them in their accounts.
                Interlocked.Increment(ref _requests);
                return send(request, cancellation);
            },
            options);
    }

    public DdbException? Failure => _reader.Failure;

    /// <summary>Lookups that are not taken yet.</summary>
    public int Pending { get; private set; }

    public bool HasRoom => _waiting.Count < MaxWaiting;

    public int InFlight => _reader.InFlight;

    public long Requests => Interlocked.Read(ref _requests);

    public long Throttles => _reference.Counts.Throttles + _difference.Counts.Throttles;

    public double ConsumedCapacity => _reference.Counts.ConsumedCapacity + _difference.Counts.ConsumedCapacity;

    /// <param name="key">The canonical key.</param>
    /// <param name="metBy">The only scan that had met it; null where both had.</param>
    public void Add(byte[] key, Side? metBy)
    {
        Pending++;
        _waiting.Enqueue(new PairLookup(_reference, _difference, key, metBy));
    }

    /// <summary>Asks for as much as there is room for.</summary>
    /// <param name="last">Whether nothing more will be added: what waits for company need not.</param>
    public void Ask(bool last)
    {
        while (_waiting.Count > 0)
        {
            PairLookup next = _waiting.Peek();
            for (; next.Asked < 2; next.Asked++)
            {
                if (!_reader.TryAsk(next.Asked == 0 ? next.Reference : next.Difference))
                {
                    return;
                }
            }

            _waiting.Dequeue();
        }

        if (last)
        {
            _reader.Flush();
        }
    }

    /// <summary>The next one of which both sides are answered; null where there is none yet.</summary>
    public PairLookup? Take()
    {
        while (_reader.TryTake(out KeyRead? read))
        {
            var lookup = (PairLookup)read!.Source!;
            if (++lookup.Answered == 2)
            {
                Pending--;
                return lookup;
            }
        }

        return null;
    }

    public void Abort() => _reader.Abort();

    public void Dispose() => _reader.Dispose();
}
