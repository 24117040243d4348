using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Comparing;

/// <summary>
/// Compares two tables by two scans side by side. One thread takes the pairs, as from a <see cref="TableReader"/>. Of most items
/// only a key and a digest are kept, until the other scan meets them; what differs, waits too long, or is left, is looked up in
/// both tables by consistent reads, and only those reads are told. What cannot be read ends the run with a failure, never with
/// fewer pairs.
/// </summary>
public sealed class TableComparison : IDisposable
{
    private readonly ComparisonOptions _options;
    private readonly TableReader _reference;
    private readonly TableReader _difference;
    private readonly PairLookups _lookups;
    private readonly PairMatcher _matcher;
    private readonly ConcurrentQueue<ItemPair> _pairs = new();
    private long _untakenBytes;
    private int _wakes = 1;
    private int _held;
    private bool _full;
    private bool _told;
    private volatile bool _stopped;
    private volatile bool _ended;
    private volatile DdbException? _failure;

    internal TableComparison(ComparisonTransports send, ComparisonSide reference, ComparisonSide difference, ComparisonOptions options)
    {
        KeyAgreement.Check(reference.Schema, difference.Schema);
        _options = options;
        var shares = new RequestShares(options.ThrottleLimit);
        var capacity = new SharedCapacity(new Sending.CapacityLimiter(options.MaxReadCapacity), options.Clock.GetTimestamp());
        int segments = Math.Max(reference.SegmentsFor(shares.Scan), difference.SegmentsFor(shares.Scan));
        var steps = new ScanSteps(segments);
        var digester = new PageDigester(reference.Schema, options.Attributes, AttributeNames);
        PageSource left = reference.ToSource(segments), right = difference.ToSource(segments);
        _lookups = new PairLookups(
            shares.Limit(send.Lookups), reference.Schema, difference.Schema, options.ToReaderOptions(shares.Lookups, consistent: true, capacity, Wake));
        _reference = new TableReader(
            digester.Over(shares.Limit(send.Scan(left))),
            left,
            options.ToReaderOptions(shares.Scan, reference.ConsistentRead, capacity, Wake),
            steps.Of(Side.Reference));
        _difference = new TableReader(
            digester.Over(shares.Limit(send.Scan(right))),
            right,
            options.ToReaderOptions(shares.Scan, difference.ConsistentRead, capacity, Wake),
            steps.Of(Side.Difference));
        Counts = new ComparisonCounts(_reference.Counts, _difference.Counts, _lookups);
        _matcher = new PairMatcher(options, steps, _lookups, new PairComparer(options.Attributes, AttributeNames), Counts, Tell);
        _ = Task.Run(Work);
    }

    /// <summary>Why not everything was compared; null while nothing has failed.</summary>
    public DdbException? Failure => _failure;

    /// <summary>The accounts.</summary>
    public ComparisonCounts Counts { get; }

    /// <summary>The names of all top-level attributes that were met on either side.</summary>
    public AttributeNames AttributeNames { get; } = new();

    /// <summary>Requests in flight now.</summary>
    public int InFlight => _reference.InFlight + _difference.InFlight + _lookups.InFlight;

    /// <summary>Whether nothing more will come, because it has ended or has failed.</summary>
    public bool IsCompleted => (_ended || _stopped) && _pairs.IsEmpty;

    /// <summary>The next pair, if there is one.</summary>
    /// <param name="pair">A difference, or with IncludeEqual an equal pair.</param>
    public bool TryTake(out ItemPair? pair)
    {
        if (!_pairs.TryDequeue(out pair))
        {
            return false;
        }

        if (Interlocked.Add(ref _untakenBytes, -pair.Bytes) <= _options.MaxUntakenBytes / 2 && Interlocked.Exchange(ref _held, 0) == 1)
        {
            Wake();
        }

        return true;
    }

    /// <summary>Nothing more is read.</summary>
    public void Abort()
    {
        _stopped = true;
        AbortReaders();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Abort();
        _reference.Dispose();
        _difference.Dispose();
        _lookups.Dispose();
    }

    /// <summary>Something came in, or there is room again. Any thread.</summary>
    private void Wake()
    {
        if (Interlocked.Increment(ref _wakes) == 1)
        {
            _ = Task.Run(Work);
        }
    }

    /// <summary>The one worker: runs until nobody has woken it since it last looked.</summary>
    private void Work()
    {
        for (int seen = Volatile.Read(ref _wakes); seen > 0; seen = Interlocked.Add(ref _wakes, -seen))
        {
            try
            {
                Advance();
            }
            catch (Exception fault)
            {
                // Such as an item that is none. To be silent about it would be to tell fewer differences.
                Fail(fault as DdbException ?? new DdbException(FailureKind.ValueNotSupported, $"The comparison could not go on. {fault.Message}", fault));
            }

            SignalIfTold();
        }
    }

    private void Advance()
    {
        Volatile.Write(ref _held, 0);
        _full = false;
        bool more = true;
        while (more && !_stopped && !_ended)
        {
            _matcher.NoteEnds();
            bool mayMatch = HasRoom() && _lookups.HasRoom;
            more = mayMatch && (Match(_reference, Side.Reference) | Match(_difference, Side.Difference));
            bool scanned = _reference.IsCompleted && _difference.IsCompleted;
            if ((_reference.Failure ?? _difference.Failure ?? _lookups.Failure) is { } failure)
            {
                Fail(failure);
                return;
            }

            if (mayMatch && !more)
            {
                _matcher.Leave(scanned);
            }

            _lookups.Ask(scanned && _matcher.IsEmpty);
            more |= Decide();
            if (scanned && _matcher.IsEmpty && _lookups.Pending == 0)
            {
                _told = _ended = true;
            }

            SignalIfTold();
        }

        _reference.GoOn();
        _difference.GoOn();
        if (_full)
        {
            Hold();
        }
    }

    private bool Match(TableReader reader, Side side)
    {
        if (!reader.TryTake(out ReadPage? page))
        {
            return false;
        }

        _matcher.Match(page!, side);
        return true;
    }

    private bool Decide()
    {
        bool any = false;
        while (HasRoom() && !_stopped && _lookups.Take() is { } lookup)
        {
            any = true;
            _matcher.Decide(lookup);
        }

        return any;
    }

    private void Tell(ItemPair pair)
    {
        Interlocked.Add(ref _untakenBytes, pair.Bytes);
        _pairs.Enqueue(pair);
        _told = true;
    }

    private void SignalIfTold()
    {
        if (_told)
        {
            _told = false;
            _options.Signal?.Invoke();
        }
    }

    private bool HasRoom()
    {
        bool room = Interlocked.Read(ref _untakenBytes) < _options.MaxUntakenBytes;
        _full |= !room;
        return room;
    }

    /// <summary>Whoever takes a pair wakes the worker again. What was taken in between did not.</summary>
    private void Hold()
    {
        Interlocked.Exchange(ref _held, 1);
        if (HasRoom())
        {
            Wake();
        }
    }

    private void Fail(DdbException failure)
    {
        // Those that the failure stops fail too, and must not hide it.
        if (!_stopped)
        {
            _failure ??= failure;
        }

        _ended = true;
        _told = true;
        AbortReaders();
    }

    private void AbortReaders()
    {
        _reference.Abort();
        _difference.Abort();
        _lookups.Abort();
    }
}
