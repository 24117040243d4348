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
        var model = new List<ScannedItem>();
        for (int step = 0; step < 5000; step++)
        {
            ScannedItem item = Item(random.Next(200), random.Next(10));
            switch (random.Next(10))
            {
                case 0:
                    waiting.TakeOldest().ShouldBe(model.FirstOrDefault());
                    model.RemoveRange(0, Math.Min(1, model.Count));
                    break;
                case 1:
                    waiting.TakeSegment(item.Segment).ShouldBe(model.Where(m => m.Segment == item.Segment));
                    model.RemoveAll(m => m.Segment == item.Segment);
                    break;
                default:
                    ScannedItem? match = model.Find(m => m.Key.SequenceEqual(item.Key));
                    waiting.TakeMatch(item).ShouldBe(match);
                    model.Remove(match!);
                    if (match is null)
                    {
                        waiting.Add(item);
                        model.Add(item);
                    }

                    break;
            }

            waiting.Count.ShouldBe(model.Count);
            waiting.Bytes.ShouldBe(model.Sum(m => (long)ScannedItem.Overhead + m.Key.Length));
        }
    }

    private static ScannedItem Item(int id, int segment)
    {
        byte[] key = Encoding.UTF8.GetBytes(FormattableString.Invariant($"key-{id}"));
        return new ScannedItem(key, KeyBytesComparer.Instance.GetHashCode(key), default, segment);
    }
}
