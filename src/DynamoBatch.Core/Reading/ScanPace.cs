using System;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Core.Reading;

/// <summary>
/// How far a scan may run ahead of who takes its pages. It begins with one small page and nothing ahead, so that the first few
/// items cost little; each page that is taken lets one more be asked for ahead, up to the limit.
/// </summary>
internal sealed class ScanPace
{
    /// <summary>Items of the first page: enough to see, quick to get.</summary>
    private const int FirstPage = 250;

    /// <summary>Pages ahead once more than the first is wanted.</summary>
    private const int FirstWindow = 4;

    /// <summary>Pages ahead where they come one after the other anyway.</summary>
    private const int SequentialWindow = 2;

    /// <summary>Bytes of pages that wait to be taken, and of those that are expected, at most.</summary>
    private const long MaxBytes = 32L * 1024 * 1024;

    private const double PageBytes = 1024 * 1024;
    private const double Smoothing = 0.2;

    private readonly CapacityLimiter _capacity;
    private readonly int _maxWindow;
    private readonly double _fullPageUnits;
    private double _unitsPerItem;
    private double _unitsPerPage;
    private double _bytesPerPage = 1.5 * PageBytes;
    private double _lanes;
    private int _window = 1;

    public ScanPace(ReaderOptions options, int segments)
    {
        _capacity = options.SharedCapacity?.Limiter ?? new CapacityLimiter(options.MaxReadCapacity);
        _maxWindow = segments == 1 ? SequentialWindow : options.ThrottleLimit;
        _lanes = options.ThrottleLimit;
        double unitsPer4Kb = options.ConsistentRead ? 1 : 0.5;
        _fullPageUnits = PageBytes / 4096 * unitsPer4Kb;
        _unitsPerPage = _fullPageUnits;
        _unitsPerItem = unitsPer4Kb;
    }

    /// <summary>When the next request may leave, in ticks.</summary>
    public long DueAt => _capacity.DueAt;

    /// <summary>Bytes of pages that wait to be taken.</summary>
    public long BufferedBytes { get; set; }

    /// <summary>Whether one more page may be asked for.</summary>
    /// <param name="inFlight">Requests in flight.</param>
    /// <param name="buffered">Pages that wait to be taken.</param>
    public bool HasRoom(int inFlight, int buffered) =>
        inFlight + buffered == 0
        || (inFlight + buffered < _window && inFlight < (int)_lanes && BufferedBytes + ((inFlight + 1) * _bytesPerPage) <= MaxBytes);

    /// <summary>More is wanted than what was given.</summary>
    public void Widen() => _window = Math.Min(_maxWindow, _window == 1 ? FirstWindow : _window + 1);

    /// <summary>Items that the next page may look at; null for as many as fit.</summary>
    /// <param name="first">Whether it is the first page.</param>
    /// <param name="remaining">Items still wanted; null for all.</param>
    public int? Limit(bool first, long? remaining)
    {
        double limit = _capacity.MaxUnitsPerRequest < _fullPageUnits ? Math.Max(1, Math.Floor(_capacity.MaxUnitsPerRequest / _unitsPerItem)) : int.MaxValue;
        limit = first ? Math.Min(limit, FirstPage) : limit;
        limit = Math.Min(limit, remaining ?? int.MaxValue);
        return limit < int.MaxValue ? (int)limit : null;
    }

    /// <summary>Books a page that is asked for now; answers the units.</summary>
    public double Reserve(int? limit, long now)
    {
        double units = Math.Min(_unitsPerPage, (limit ?? int.MaxValue) * _unitsPerItem);
        _capacity.Reserve(units, now);
        return units;
    }

    /// <summary>Learns from an answer. True where it made the run slower.</summary>
    public bool Learn(PageRequest request, PageReply reply)
    {
        if (reply.Kind is ReplyKind.Answered)
        {
            _lanes = Math.Min(_lanes + (1 / _lanes), _maxWindow);
            if (reply.Units is { } units)
            {
                _capacity.Correct(request.ReservedUnits, units);
                if (reply.Scanned > 0)
                {
                    _unitsPerItem += Smoothing * ((units / reply.Scanned) - _unitsPerItem);
                }

                _unitsPerPage = request.Limit is null ? _unitsPerPage + (Smoothing * (units - _unitsPerPage)) : _unitsPerPage;
            }

            // Upwards at once: it is what bounds memory.
            _bytesPerPage = Math.Max(reply.Bytes, _bytesPerPage + (Smoothing * (reply.Bytes - _bytesPerPage)));
            return false;
        }

        if (reply.Kind is not ReplyKind.Ambiguous)
        {
            _capacity.Correct(request.ReservedUnits, 0);
        }

        double before = _lanes;
        _lanes = reply.Throttled ? Math.Max(1, _lanes * 0.8) : _lanes;
        return (int)_lanes < (int)before;
    }
}
