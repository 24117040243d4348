using System;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Batching;

/// <summary>What holds for any input, any faults and any timing. Virtual time; a failing seed is in the test's name.</summary>
public class WriteSchedulerLaws
{
    private static readonly long Quarantine = TimeSpan.FromSeconds(2).Ticks;

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
    public void Final_content_is_the_last_write_of_each_key_and_the_accounts_add_up(int seed)
    {
        var random = new Random(seed);
        var run = new Run(random, trouble: seed % 5 * 0.2, refusals: seed % 3 == 0 ? 0.01 : 0);

        run.Write(count: 3000, keys: 1 + random.Next(60), tables: 1 + random.Next(3));

        run.Service.Violations.ShouldBeEmpty();
        run.Outcomes.Values.ShouldAllBe(times => times == 1, "each write gets exactly one outcome");
        run.Outcomes.Count.ShouldBe(run.Accepted.Count);
        run.Tables.ShouldAllBe(t => t.Counts.Pending == 0);
        run.Tables.Sum(t => t.Counts.Accepted).ShouldBe(run.Accepted.Count);
        run.Content().ShouldBe(run.Expected());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Stopping_at_any_moment_decides_every_write(int seed)
    {
        var random = new Random(seed);
        var run = new Run(random, trouble: 0.5, refusals: 0.01) { StopAfter = random.Next(1, 3000) };

        run.Write(count: 3000, keys: 1 + random.Next(500), tables: 2);

        run.Outcomes.Values.ShouldAllBe(times => times == 1);
        run.Outcomes.Count.ShouldBe(run.Accepted.Count);
        run.Tables.ShouldAllBe(t => t.Counts.Pending == 0);
        run.Told.Where(o => o.Status is WriteStatus.NotSent or WriteStatus.Unknown).ShouldAllBe(o => o.Message != null);
    }

    [Fact]
    public void A_service_that_takes_nothing_is_asked_ever_more_slowly()
    {
        var run = new Run(new Random(7), trouble: 0, refusals: 0) { AlwaysThrottled = true };

        run.Write(count: 100, keys: 100, tables: 1);

        // Two minutes at full-jitter back-off with a 5 s cap: about 25 + 2 * 120 / 5 tries of each item, and no more.
        run.Told.ShouldAllBe(o => o.Status == WriteStatus.Failed && o.Kind == FailureKind.ItemUnprocessed);
        run.Told.Count.ShouldBe(100);
        run.MaxTries.ShouldBeLessThanOrEqualTo(100);
    }

    /// <summary>One run against a faulty service.</summary>
    private sealed class Run
    {
        private readonly Random _random;
        private readonly double _refusals;
        private readonly WriteScheduler _scheduler;
        private long _now;

        public Run(Random random, double trouble, double refusals)
        {
            _random = random;
            _refusals = refusals;
            Service = new FaultyService(random, trouble, Quarantine - TimeSpan.FromMilliseconds(100).Ticks);
            _scheduler = new WriteScheduler(
                new SchedulerOptions { Quarantine = Quarantine, BackOff = n => RetryPolicy.Delay(n, random.NextDouble()).Ticks },
                Tell);
        }

        public FaultyService Service { get; }

        public WriteTable[] Tables { get; private set; } = [];

        public List<WriteOperation> Accepted { get; } = [];

        public Dictionary<WriteOperation, int> Outcomes { get; } = [];

        public List<WriteOutcome> Told { get; } = [];

        public int StopAfter { get; init; } = int.MaxValue;

        public bool AlwaysThrottled { get; init; }

        public int MaxTries { get; private set; }

        public void Write(int count, int keys, int tables)
        {
            Tables = Enumerable.Range(0, tables).Select(i => Writes.Table("T" + i, i)).ToArray();
            int inFlight = 0;
            int next = 0;
            while (true)
            {
                for (int burst = _random.Next(200); burst > 0 && next < count && _scheduler.Pending < 1000; burst--)
                {
                    Add(next++, keys);
                    if (next == StopAfter)
                    {
                        _scheduler.Stop();
                    }
                }

                if (next == count)
                {
                    _scheduler.Flush();
                }

                while (inFlight < 8 && _scheduler.Take(_now, int.MaxValue) is { } request)
                {
                    inFlight++;
                    MaxTries = Math.Max(MaxTries, request.Slots.Max(s => s.Current!.Tries));
                    Send(request, () => inFlight--);
                }

                long? due = new[] { _scheduler.NextDue(_now), Service.NextEvent, next < count ? _now + 1000 : null }.Min();
                if (due is null)
                {
                    return;
                }

                _now = Math.Max(_now, due.Value);
                while (Service.NextEvent <= _now)
                {
                    Service.RunNext();
                }

                if (inFlight == 8 && Service.NextEvent is { } at)
                {
                    _now = Math.Max(_now, at);
                    Service.RunNext();
                }
            }
        }

        public Dictionary<string, int> Content() => new(Service.Content.OrderBy(p => p.Key, StringComparer.Ordinal));

        public Dictionary<string, int> Expected()
        {
            var expected = new SortedDictionary<string, int>(StringComparer.Ordinal);
            foreach (WriteOperation write in Accepted.Where(w => !Service.Refused.Contains((int)w.Source!)))
            {
                if (write.Verb is WriteVerb.Delete)
                {
                    expected.Remove(Writes.KeyOf(write));
                }
                else
                {
                    expected[Writes.KeyOf(write)] = (int)write.Source!;
                }
            }

            return new(expected);
        }

        private void Add(int value, int keys)
        {
            WriteTable table = Tables[_random.Next(Tables.Length)];
            string id = "k" + _random.Next(keys);
            if (_random.NextDouble() < _refusals)
            {
                Service.Refused.Add(value);
            }

            WriteOperation write = _random.Next(5) == 0 ? Writes.Delete(table, id, value) : Writes.Put(table, id, value);
            Accepted.Add(write);
            _scheduler.Add(write, _now);
        }

        private void Send(WriteRequest request, Action answered)
        {
            if (AlwaysThrottled)
            {
                answered();
                _scheduler.Settle(request, new WriteReply(ReplyKind.NotWritten) { Throttled = true, Message = "Throttled" }, _now);
                return;
            }

            Service.Receive(request, _now, (reply, at) =>
            {
                answered();
                _scheduler.Settle(request, reply, at);
            });
        }

        private void Tell(WriteOutcome outcome)
        {
            Outcomes.TryGetValue(outcome.Operation, out int times);
            Outcomes[outcome.Operation] = times + 1;
            Told.Add(outcome);
        }
    }
}
