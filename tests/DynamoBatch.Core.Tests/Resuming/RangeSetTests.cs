using System;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Resuming;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Resuming;

public class RangeSetTests
{
    [Fact]
    public void Ranges_that_touch_or_overlap_become_one()
    {
        var set = new RangeSet();

        set.Add(4, 6);
        set.Add(1, 2);
        set.Add(3);
        set.Add(5, 9);
        set.Add(20);

        set.Ranges.ShouldBe([new OrdinalRange(1, 9), new OrdinalRange(20, 20)]);
    }

    [Fact]
    public void An_empty_set_contains_nothing() => new RangeSet().Contains(1).ShouldBeFalse();

    [Fact]
    public void Rows_that_are_done_in_about_their_order_stay_few_ranges()
    {
        var random = new Random(1);
        var set = new RangeSet();
        foreach (int block in Enumerable.Range(0, 1000))
        {
            foreach (int i in Enumerable.Range(block * 100, 100).OrderBy(_ => random.Next()))
            {
                set.Add(i);
            }
        }

        set.Ranges.ShouldBe([new OrdinalRange(0, 99_999)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void It_contains_what_was_added_and_nothing_else(int seed)
    {
        var random = new Random(seed);
        var set = new RangeSet();
        var expected = new HashSet<long>();
        for (int i = 0; i < 4000; i++)
        {
            long first = random.Next(10_000);
            long last = first + (random.Next(4) == 0 ? random.Next(5) : 0);
            set.Add(first, last);
            expected.UnionWith(Enumerable.Range((int)first, (int)(last - first) + 1).Select(o => (long)o));
            if (i % 500 == 0)
            {
                // In any order, and between additions.
                Enumerable.Range(0, 200).Select(_ => (long)random.Next(10_010)).ShouldAllBe(o => set.Contains(o) == expected.Contains(o));
            }
        }

        Enumerable.Range(0, 10_010).ShouldAllBe(o => set.Contains(o) == expected.Contains(o));
        set.Ranges.Sum(r => r.Last - r.First + 1).ShouldBe(expected.Count);
        set.Ranges.Zip(set.Ranges.Skip(1)).ShouldAllBe(pair => pair.First.Last + 1 < pair.Second.First);
    }
}
