using System;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Comparing;

/// <summary>
/// Brings the two sides of a key together, and decides what is told of it. A key that both scans meet is told, if at all, when the
/// second one does. One that leaves unmatched is told by the side that met it: by the reference side where the reference table has
/// it, by the difference side where it has not. So each key is told once, as long as the reference table rests, and whatever
/// becomes of the difference table meanwhile. Called by one thread.
/// </summary>
internal sealed class PairMatcher
{
    private readonly ComparisonOptions _options;
    private readonly ScanSteps _steps;
    private readonly PairLookups _lookups;
    private readonly PairComparer _comparer;
    private readonly ComparisonCounts _counts;
    private readonly Action<ItemPair> _tell;
    private readonly WaitingItems _waiting = new();
    private readonly bool[] _ended;
    private readonly bool[] _left;
    private long _matches;
    private long _crossings;

    public PairMatcher(
        ComparisonOptions options, ScanSteps steps, PairLookups lookups, PairComparer comparer, ComparisonCounts counts, Action<ItemPair> tell)
    {
        _options = options;
        _steps = steps;
        _lookups = lookups;
        _comparer = comparer;
        _counts = counts;
        _tell = tell;
        _ended = new bool[steps.Segments];
        _left = new bool[steps.Segments];
    }

    /// <summary>Whether no item waits for its other side.</summary>
    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Notes which segments have ended. To be called before the pages are taken: what ended by then is in them.</summary>
    public void NoteEnds()
    {
        for (int segment = 0; segment < _ended.Length; segment++)
        {
            _ended[segment] = _steps.IsEnded(segment);
        }
    }

    /// <summary>Takes in a page.</summary>
    public void Match(ReadPage page, Side side)
    {
        var scanned = (ScannedPage)page.Made!;
        int segment = scanned.Segment;
        _steps.Page(side, segment, scanned.Items.Length);
        for (int i = 0; i < scanned.Items.Length; i++)
        {
            ref readonly ScannedItem item = ref scanned.Items[i];
            bool known = _waiting.TryTake(item, out WaitingItem match);
            if (known)
            {
                _steps.Wait(match.Side, match.Segment, -1);
            }

            if (!known || match.Side == side)
            {
                _waiting.Add(item, side, segment);
                _steps.Wait(side, segment, 1);
            }
            else
            {
                _crossings += match.Segment == segment ? 0 : 1;
                Match(match, item, page.Items[i]);
            }
        }

        while (_waiting.Bytes > _options.MaxWaitingBytes && _waiting.TryTakeOldest(out WaitingItem oldest, out byte[] key))
        {
            LookUp(oldest, key);
        }
    }

    /// <summary>Lets go what will find no other side by waiting, as much as there is room for. All pages that came are taken in.</summary>
    /// <param name="scanned">Whether both scans have ended.</param>
    public void Leave(bool scanned)
    {
        if (!scanned)
        {
            LeaveSegments();
            return;
        }

        while (_lookups.HasRoom && _waiting.TryTakeOldest(out WaitingItem oldest, out byte[] key))
        {
            LookUp(oldest, key);
        }
    }

    /// <summary>Tells what the lookup of a key has found, where it is to be told.</summary>
    /// <exception cref="DdbException">The key could not be looked up.</exception>
    public void Decide(PairLookup lookup)
    {
        ReadOnlyMemory<byte> reference = ItemOf(lookup.Reference), difference = ItemOf(lookup.Difference);
        bool isOthers = (lookup.MetBy is Side.Difference && !reference.IsEmpty) || (lookup.MetBy is Side.Reference && reference.IsEmpty);
        if (isOthers || (reference.IsEmpty && difference.IsEmpty))
        {
            return;
        }

        ItemPair pair = _comparer.Compare(lookup.Reference.Key, reference, difference);
        if (pair.IsEqual)
        {
            _counts.Equal++;
        }
        else if (difference.IsEmpty)
        {
            _counts.OnlyInReference++;
        }
        else if (reference.IsEmpty)
        {
            _counts.OnlyInDifference++;
        }
        else
        {
            _counts.Changed++;
        }

        if (!pair.IsEqual || _options.IncludeEqual)
        {
            _tell(pair);
        }
    }

    private static ReadOnlyMemory<byte> ItemOf(KeyRead read) => read.Status switch
    {
        ReadStatus.Found => read.Item,
        ReadStatus.Missing => default,
        _ => throw new DdbException(
            read.Kind,
            $"The item {KeyText.Of(read.Key)} of table '{read.Table.Name}' could not be looked up, so not all was compared. {read.Message}"),
    };

    private void Match(in WaitingItem match, in ScannedItem item, ReadOnlyMemory<byte> image)
    {
        _matches++;
        if (match.Digest != item.Digest)
        {
            _counts.LookedUp++;
            _lookups.Add(item.Key, null);
            return;
        }

        _counts.Equal++;
        if (_options.IncludeEqual)
        {
            _tell(new ItemPair(item.Key, image, image, []));
        }
    }

    /// <summary>
    /// Where the tables come in the same order, what a segment leaves has no other side: it is told now, not at the end. Where they
    /// do not, it waits: its other side is in another segment.
    /// </summary>
    private void LeaveSegments()
    {
        for (int segment = 0; segment < _left.Length && _waiting.Count > 0 && _lookups.HasRoom; segment++)
        {
            if (_ended[segment] && !_left[segment] && _crossings * 100 <= _matches)
            {
                _left[segment] = true;
                _waiting.TakeSegment(segment).ForEach(taken => LookUp(taken.Item, taken.Key));
            }
        }
    }

    private void LookUp(in WaitingItem item, byte[] key)
    {
        _steps.Wait(item.Side, item.Segment, -1);
        _counts.LookedUp++;
        _lookups.Add(key, item.Side);
    }
}
