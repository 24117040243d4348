using System;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Reading;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Reading;

/// <summary>What holds for any keys, any faults and any timing. Virtual time; a failing seed is in the test's name.</summary>
public class ReadSchedulerLaws
{
    public static TheoryData<int> Seeds()
    {
        var seeds = new TheoryData<int>();
        foreach (int seed in Enumerable.Range(1, 40))
        {
            seeds.Add(seed);
        }

        return seeds;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_key_is_answered_once_and_by_what_the_table_holds(int seed)
    {
        var run = new Run(seed, consistent: seed % 2 == 0);
        run.Read(count: 2000);

        run.Service.Violations.ShouldBeEmpty();
        run.Decided.Count.ShouldBe(2000);
        run.Decided.Distinct().Count().ShouldBe(2000);
        run.Decided.ShouldAllBe(r => r.Status == Expected(FaultyReads.Id(r.Key)));
        run.Service.Table.Counts.Pending.ShouldBe(0);
        run.Service.Table.Counts.Accepted.ShouldBe(2000);
        run.Service.Table.Asked.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_consistent_read_is_never_answered_by_a_state_older_than_its_asking(int seed)
    {
        var run = new Run(seed, consistent: true);
        run.Read(count: 1000);

        run.Decided.Where(r => r.Status is ReadStatus.Found).ShouldAllBe(r => FaultyReads.VersionOf(r) >= (int)r.Source!);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Stopping_at_any_moment_decides_every_key(int seed)
    {
        var run = new Run(seed, consistent: seed % 2 == 0) { StopAfter = new Random(seed).Next(2000) };
        run.Read(count: 2000);

        run.Decided.Distinct().Count().ShouldBe(2000);
        run.Service.Table.Counts.Pending.ShouldBe(0);
    }

    [Fact]
    public void A_key_that_is_asked_for_many_times_is_sent_once()
    {
        var scheduler = new ReadScheduler(new ReadSchedulerOptions { MaxTries = 5, RetryTimeout = TimeSpan.FromMinutes(1) }, _ => { });
        ReadTable table = new FaultyReads(new Random(1), 0).Table;
        foreach (int id in Enumerable.Range(0, 500).Select(i => i % 10))
        {
            scheduler.Add(new KeyRead(table, FaultyReads.Key(id), null), 0);
        }

        scheduler.Flush();
        scheduler.Take(0, 100)!.Count.ShouldBe(10);
        scheduler.Take(0, 100).ShouldBeNull();
    }

    private static ReadStatus Expected(int id) =>
        FaultyReads.Refuses(id) ? ReadStatus.Failed : FaultyReads.Exists(id) ? ReadStatus.Found : ReadStatus.Missing;

    private sealed class Run
    {
        private readonly Random _random;
        private readonly ReadScheduler _scheduler;
        private readonly Queue<KeyRead> _untaken = new();
        private long _now;

        public Run(int seed, bool consistent)
        {
            _random = new Random(seed);
            Service = new FaultyReads(_random, trouble: seed % 4 * 0.25);
            var options = new ReadSchedulerOptions
            {
                Linger = TimeSpan.FromTicks(50),
                RetryTimeout = TimeSpan.FromDays(1),
                MaxTries = 100_000,
                Consistent = consistent,
                BackOff = setbacks => Math.Min(setbacks, 10) * 20,
            };
            _scheduler = new ReadScheduler(options, _untaken.Enqueue);
        }

        public FaultyReads Service { get; }

        public List<KeyRead> Decided { get; } = [];

        public int? StopAfter { get; init; }

        public void Read(int count)
        {
            int keys = 1 + _random.Next(300);
            for (int asked = 0; asked < count;)
            {
                if (_random.Next(2) == 0)
                {
                    _scheduler.Add(new KeyRead(Service.Table, FaultyReads.Key(_random.Next(keys)), Service.Version), _now);
                    asked++;
                }

                if (asked == StopAfter)
                {
                    _scheduler.Stop();
                }

                Step();
            }

            _scheduler.Flush();
            while (_scheduler.Pending + _untaken.Count > 0)
            {
                Step();
            }
        }

        private void Step()
        {
            _now += _random.Next(5);
            Service.Version++;
            if (_random.Next(4) == 0 && _scheduler.Take(_now, 1 + _random.Next(100)) is { } request)
            {
                Service.Receive(request);
            }

            if (Service.InFlight > 0 && _random.Next(3) == 0)
            {
                (ReadRequest answered, ReadReply reply) = Service.TakeAnswer();
                _scheduler.Settle(answered, reply, _now);
            }

            if (_untaken.Count > 0 && _random.Next(2) == 0)
            {
                KeyRead read = _untaken.Dequeue();
                Decided.Add(read);
                ReadScheduler.Taken(read);
            }
        }
    }
}
