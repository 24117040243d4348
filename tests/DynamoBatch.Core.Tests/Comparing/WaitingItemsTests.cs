using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Reading;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Comparing;

public class WaitingItemsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_is_a_queue_from_which_any_may_be_taken(int seed)
    {
        var random = new Random(seed);
        var waiting = new WaitingItems();
        var model = new List<(ScannedItem Item, int Segment)>();
        for (int step = 0; step < 20_000; step++)
        {
            ScannedItem item = Item(random.Next(3000));
            int segment = random.Next(10);
            switch (random.Next(100))
            {
                case < 10:
                    waiting.TryTakeOldest(out WaitingItem oldest, out byte[] key).ShouldBe(model.Count > 0);
                    if (model.Count > 0)
                    {
                        key.ShouldBe(model[0].Item.Key);
                        oldest.Digest.ShouldBe(model[0].Item.Digest);
                        model.RemoveAt(0);
                    }

                    break;
                case 10:
                    waiting.TakeSegment(segment).Select(t => t.Key).ShouldBe(model.Where(m => m.Segment == segment).Select(m => m.Item.Key));
                    model.RemoveAll(m => m.Segment == segment);
                    break;
                default:
                    int match = model.FindIndex(m => m.Item.Key.SequenceEqual(item.Key));
                    waiting.TryTake(item, out WaitingItem taken).ShouldBe(match >= 0);
                    if (match >= 0)
                    {
                        taken.Digest.ShouldBe(model[match].Item.Digest);
                        taken.Segment.ShouldBe(model[match].Segment);
                        taken.Side.ShouldBe(Side.Difference);
                        model.RemoveAt(match);
                    }
                    else
                    {
                        waiting.Add(item, Side.Difference, segment);
                        model.Add((item, segment));
                    }

                    break;
            }

            waiting.Count.ShouldBe(model.Count);
            waiting.Bytes.ShouldBe(model.Sum(m => (long)WaitingItem.Overhead + KeyStore.SizeOf(m.Item.Key.Length)));
        }
    }

    // Of several lengths, and with hashes that collide.
    private static ScannedItem Item(int id)
    {
        byte[] key = Encoding.UTF8.GetBytes(new string('k', id % 50) + FormattableString.Invariant($"-{id}"));
        return new ScannedItem(key, KeyBytesComparer.Instance.GetHashCode(key) & 0xFFFF, new ItemDigest((ulong)id, 1));
    }
}
