using System;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Sending;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Batching;

/// <summary>What holds when updates, which queue, are mixed with puts and deletes, which replace. Virtual time; the seed is in the test's name.</summary>
public class UpdateLaws
{
    private static readonly long Quarantine = TimeSpan.FromSeconds(2).Ticks;

    private readonly List<WriteOperation> _accepted = [];
    private readonly List<WriteOutcome> _told = [];

    public static TheoryData<int> Seeds()
    {
        var seeds = new TheoryData<int>();
        foreach (int seed in Enumerable.Range(1, 60))
        {
            seeds.Add(seed);
        }

        return seeds;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_update_is_made_in_the_order_of_its_key(int seed)
    {
        var random = new Random(seed);
        FaultyService service = Run(random, trouble: seed % 5 * 0.2, () => random.Next(4) switch
        {
            0 => Put(random),
            1 => Writes.Delete(Table, "k" + random.Next(20), random.Next()),
            _ => Update(random, "k" + random.Next(20), RepeatRule.Safe),
        });

        service.Violations.ShouldBeEmpty();
        _told.Count.ShouldBe(_accepted.Count);
        _told.ShouldAllBe(o => o.Status == WriteStatus.Succeeded || o.Status == WriteStatus.Replaced);
        _told.ShouldAllBe(o => o.Status != WriteStatus.Replaced || o.Operation.Verb != WriteVerb.Update);
        var expected = new Dictionary<string, int>();
        _accepted.ForEach(write => Apply(expected, write));
        service.Content.OrderBy(p => p.Key).ShouldBe(expected.OrderBy(p => p.Key));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_counter_is_wrong_by_nothing_that_was_not_told_as_unknown(int seed)
    {
        var random = new Random(seed);
        FaultyService service = Run(random, trouble: seed % 5 * 0.2, () => Update(random, "c" + random.Next(20), RepeatRule.Never));

        service.Violations.ShouldBeEmpty();
        _told.Count.ShouldBe(_accepted.Count);
        foreach (IGrouping<string, WriteOutcome> key in _told.GroupBy(o => Writes.KeyOf(o.Operation)))
        {
            int value = service.Content.GetValueOrDefault(key.Key + "#n");
            int succeeded = key.Count(o => o.Status is WriteStatus.Succeeded);
            int unknown = key.Count(o => o.Status is WriteStatus.Unknown && o.Kind == FailureKind.OutcomeUnknown);
            (succeeded + unknown).ShouldBe(key.Count());
            value.ShouldBeInRange(succeeded, succeeded + unknown);
        }
    }

    private WriteTable Table { get; } = Writes.Table();

    private FaultyService Run(Random random, double trouble, Func<WriteOperation> next)
    {
        var service = new FaultyService(random, trouble, Quarantine - TimeSpan.FromMilliseconds(100).Ticks, Apply);
        var scheduler = new WriteScheduler(
            new SchedulerOptions { Quarantine = Quarantine, BackOff = n => RetryPolicy.Delay(n, random.NextDouble()).Ticks }, _told.Add);
        long now = 0;
        int inFlight = 0;
        while (true)
        {
            for (int burst = random.Next(200); burst > 0 && _accepted.Count < 1500 && scheduler.Pending < 500; burst--)
            {
                _accepted.Add(next());
                scheduler.Add(_accepted[^1], now);
            }

            if (_accepted.Count == 1500)
            {
                scheduler.Flush();
            }

            while (inFlight < 8 && scheduler.Take(now, int.MaxValue) is { } request)
            {
                inFlight++;
                service.Receive(request, now, (reply, at) =>
                {
                    inFlight--;
                    scheduler.Settle(request, reply, at);
                });
            }

            long? due = new[] { scheduler.NextDue(now), service.NextEvent, _accepted.Count < 1500 ? now + 1000 : null }.Min();
            if (due is null)
            {
                return service;
            }

            now = Math.Max(now, inFlight == 8 && service.NextEvent is { } at ? at : due.Value);
            while (service.NextEvent <= now)
            {
                service.RunNext();
            }
        }
    }

    private WriteOperation Put(Random random) => Writes.Put(Table, "k" + random.Next(20), random.Next());

    private WriteOperation Update(Random random, string id, RepeatRule repeat)
    {
        WriteOperation key = Writes.Delete(Table, id, random.Next());
        string attribute = repeat is RepeatRule.Never ? "n" : "a" + random.Next(3);
        return new WriteOperation(Table, WriteVerb.Update, key.Item, key.Source) { Request = new Change(attribute, repeat) };
    }

    private static void Apply(Dictionary<string, int> content, WriteOperation write)
    {
        string key = Writes.KeyOf(write) + "#";
        if (write.Request is Change change)
        {
            content[key + change.Attribute] = change.Repeat is RepeatRule.Never ? content.GetValueOrDefault(key + change.Attribute) + 1 : (int)write.Source!;
            return;
        }

        foreach (string attribute in content.Keys.Where(k => k.StartsWith(key, StringComparison.Ordinal)).ToArray())
        {
            content.Remove(attribute);
        }

        if (write.Verb is WriteVerb.Put)
        {
            content[key] = (int)write.Source!;
        }
    }

    /// <summary>An update that sets an attribute to the write's number, or counts one up.</summary>
    private sealed class Change(string attribute, RepeatRule repeat) : ItemRequest
    {
        public string Attribute => attribute;

        public override string Operation => "UpdateItem";

        public override RepeatRule Repeat => repeat;

        public override bool HasStatement => repeat is RepeatRule.Safe;

        public override void WriteBody(JsonBuffer json, WriteOperation operation) => throw new NotSupportedException();

        public override ItemReply Judge(WriteOperation operation, ReadOnlyMemory<byte> present, bool mayHaveLanded) => throw new NotSupportedException();
    }
}
