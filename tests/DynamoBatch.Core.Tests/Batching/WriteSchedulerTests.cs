using System;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Batching;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Batching;

public class WriteSchedulerTests
{
    private readonly List<WriteOutcome> _outcomes = [];
    private readonly WriteScheduler _scheduler;
    private readonly WriteTable _table = Writes.Table();

    public WriteSchedulerTests() => _scheduler = new WriteScheduler(new SchedulerOptions { BackOff = _ => Ms(100) }, _outcomes.Add);

    [Fact]
    public void A_request_holds_at_most_25_writes()
    {
        AddMany(60);

        Take().Count.ShouldBe(25);
        Take().Count.ShouldBe(25);
        _scheduler.Take(0, int.MaxValue).ShouldBeNull("a part-filled request waits for more");
    }

    [Fact]
    public void A_part_filled_request_leaves_after_the_linger()
    {
        AddMany(3);

        _scheduler.NextDue(0).ShouldBe(Ms(200));
        _scheduler.Take(Ms(199), int.MaxValue).ShouldBeNull();
        _scheduler.Take(Ms(200), int.MaxValue)!.Count.ShouldBe(3);
    }

    [Fact]
    public void A_request_stays_under_16_MB_as_sent()
    {
        for (int i = 0; i < 25; i++)
        {
            _scheduler.Add(Writes.Put(_table, "k" + i, i, padding: 1_000_000), 0);
        }

        WriteRequest request = Take();

        request.Count.ShouldBe(16);
        request.Bytes.ShouldBeLessThanOrEqualTo(16 * 1024 * 1024);
    }

    [Fact]
    public void A_request_holds_at_most_one_seconds_write_capacity_but_a_larger_item_still_goes_alone()
    {
        _scheduler.Add(Writes.Put(_table, "large", 0, padding: 20_000), 0);
        AddMany(3);
        _scheduler.Flush();

        _scheduler.Take(0, 10)!.Count.ShouldBe(1);
        _scheduler.Take(0, 2)!.Count.ShouldBe(2);
    }

    [Fact]
    public void A_request_mixes_tables()
    {
        _scheduler.Add(Writes.Put(_table, "a"), 0);
        _scheduler.Add(Writes.Put(Writes.Table("U", 1), "a"), 0);
        _scheduler.Flush();

        Take().Count.ShouldBe(2);
    }

    [Fact]
    public void A_later_write_replaces_a_waiting_one_and_voids_it_when_acknowledged()
    {
        _scheduler.Add(Writes.Put(_table, "a", 1), 0);
        _scheduler.Add(Writes.Put(_table, "a", 2), 0);
        _scheduler.Add(Writes.Delete(_table, "a", 3), 0);
        _scheduler.Flush();

        WriteRequest request = Take();
        request.Count.ShouldBe(1);
        request[0].Source.ShouldBe(3);
        _outcomes.ShouldBeEmpty("nothing is void before its successor is acknowledged");
        Settle(request, ReplyKind.Answered);

        // In this order: should only a part reach a checkpoint, the last is sent again, not an earlier one on top of it.
        Told().ShouldBe([(1, WriteStatus.Replaced), (2, WriteStatus.Replaced), (3, WriteStatus.Succeeded)]);
    }

    [Fact]
    public void What_was_replaced_is_sent_when_its_successor_is_refused()
    {
        _scheduler.Add(Writes.Put(_table, "a", 1), 0);
        _scheduler.Add(Writes.Put(_table, "a", 2), 0);
        _scheduler.Flush();

        Settle(Take(), ReplyKind.Rejected);
        WriteRequest again = Take();

        again[0].Source.ShouldBe(1);
        Settle(again, ReplyKind.Answered);
        Told().ShouldBe([(1, WriteStatus.Succeeded), (2, WriteStatus.Failed)]);
    }

    [Fact]
    public void A_write_waits_for_the_one_in_flight()
    {
        _scheduler.Add(Writes.Put(_table, "a", 1), 0);
        _scheduler.Flush();
        WriteRequest first = Take();
        _scheduler.Add(Writes.Put(_table, "a", 2), 0);

        _scheduler.Take(Ms(10_000), int.MaxValue).ShouldBeNull();
        Settle(first, ReplyKind.Answered);

        Take()[0].Source.ShouldBe(2);
    }

    [Fact]
    public void After_an_ambiguous_outcome_the_same_write_is_repeated_first()
    {
        _scheduler.Add(Writes.Put(_table, "a", 1), 0);
        _scheduler.Flush();
        WriteRequest first = Take();
        _scheduler.Add(Writes.Put(_table, "a", 2), 0);

        Settle(first, ReplyKind.Ambiguous);

        _scheduler.Take(Ms(99), int.MaxValue).ShouldBeNull();
        _scheduler.Take(Ms(100), int.MaxValue)![0].Source.ShouldBe(1);
    }

    [Fact]
    public void A_write_that_is_refused_after_an_ambiguous_outcome_is_unknown()
    {
        _scheduler.Add(Writes.Put(_table, "a", 1), 0);
        _scheduler.Flush();
        Settle(Take(), ReplyKind.Ambiguous);

        Settle(_scheduler.Take(Ms(100), int.MaxValue)!, ReplyKind.Rejected);

        Told().ShouldBe([(1, WriteStatus.Unknown)]);
        _outcomes[0].Message!.ShouldContain("why");
    }

    [Fact]
    public void The_next_different_write_waits_out_the_quarantine_also_when_it_comes_later()
    {
        _scheduler.Add(Writes.Put(_table, "a", 1), 0);
        _scheduler.Flush();
        Settle(Take(), ReplyKind.Ambiguous);
        _scheduler.Settle(_scheduler.Take(Ms(100), int.MaxValue)!, new WriteReply(ReplyKind.Answered), Ms(150));

        _scheduler.Add(Writes.Put(_table, "a", 2), Ms(500));

        _scheduler.Take(Ms(2149), int.MaxValue).ShouldBeNull();
        _scheduler.Take(Ms(2150), int.MaxValue)![0].Source.ShouldBe(2);
    }

    [Fact]
    public void A_write_that_came_back_unprocessed_is_replaced_by_a_waiting_later_one()
    {
        _scheduler.Add(Writes.Put(_table, "a", 1), 0);
        _scheduler.Flush();
        WriteRequest first = Take();
        _scheduler.Add(Writes.Put(_table, "a", 2), 0);

        Settle(first, ReplyKind.NotWritten);
        WriteRequest second = _scheduler.Take(Ms(100), int.MaxValue)!;

        second[0].Source.ShouldBe(2);
        Settle(second, ReplyKind.Answered);
        Told().ShouldBe([(1, WriteStatus.Replaced), (2, WriteStatus.Succeeded)]);
    }

    [Fact]
    public void A_rejected_request_is_split_until_the_bad_item_stands_alone()
    {
        AddMany(25);
        int requests = 0;

        while (_scheduler.Take(0, int.MaxValue) is { } request)
        {
            requests++;
            bool bad = request.Slots.Any(s => 13.Equals(s.Current!.Source));
            _scheduler.Settle(request, new WriteReply(bad ? ReplyKind.Rejected : ReplyKind.Answered) { Message = "why" }, 0);
        }

        Told().Where(o => o.Status == WriteStatus.Failed).ShouldBe([(13, WriteStatus.Failed)]);
        _table.Counts.Succeeded.ShouldBe(24);
        requests.ShouldBeLessThanOrEqualTo(11);
    }

    [Fact]
    public void One_tables_failure_fails_that_tables_items_only()
    {
        WriteTable missing = Writes.Table("Missing", 1);
        _scheduler.Add(Writes.Put(_table, "a", 1), 0);
        _scheduler.Add(Writes.Put(missing, "a", 2), 0);
        _scheduler.Flush();
        var failure = new DdbException(FailureKind.TableNotFound, "no such table");

        while (_scheduler.Take(0, int.MaxValue) is { } request)
        {
            bool bad = request.Slots.Any(s => s.Key.Table == missing);
            _scheduler.Settle(request, new WriteReply(bad ? ReplyKind.TableFailed : ReplyKind.Answered) { Failure = failure }, 0);
        }

        _scheduler.Add(Writes.Put(missing, "b", 3), 0);
        _table.Counts.Succeeded.ShouldBe(1);
        Told().Where(o => o.Status == WriteStatus.Failed).Select(o => o.Value).ShouldBe([2, 3]);
        _outcomes.Where(o => o.Status == WriteStatus.Failed).ShouldAllBe(o => o.Kind == FailureKind.TableNotFound);
    }

    [Fact]
    public void A_lost_answer_is_unknown_when_the_run_stops_and_the_rest_is_not_sent()
    {
        _scheduler.Add(Writes.Put(_table, "a", 1), 0);
        _scheduler.Flush();
        WriteRequest request = Take();
        _scheduler.Add(Writes.Put(_table, "a", 2), 0);
        _scheduler.Add(Writes.Put(_table, "b", 3), 0);

        _scheduler.Stop();
        Settle(request, ReplyKind.Ambiguous);

        Told().ShouldBe([(3, WriteStatus.NotSent), (1, WriteStatus.Unknown), (2, WriteStatus.NotSent)]);
    }

    [Fact]
    public void A_rejected_request_that_can_no_longer_be_split_is_not_sent_for_none_of_its_writes_is_known_to_be_the_cause()
    {
        AddMany(2);
        _scheduler.Flush();
        WriteRequest request = Take();

        _scheduler.Stop();
        Settle(request, ReplyKind.Rejected);

        Told().ShouldBe([(0, WriteStatus.NotSent), (1, WriteStatus.NotSent)]);
    }

    [Fact]
    public void What_an_earlier_run_may_have_written_is_unknown_when_it_is_given_up_with_what_replaced_it()
    {
        var scheduler = new WriteScheduler(new SchedulerOptions { BackOff = _ => 1, MaxTries = 1 }, _outcomes.Add);
        WriteOperation earlier = Writes.Put(_table, "a", 1);
        earlier.MayHaveLanded = true;
        scheduler.Add(earlier, 0);
        scheduler.Add(Writes.Put(_table, "a", 2), 0);
        scheduler.Flush();

        scheduler.Settle(scheduler.Take(0, int.MaxValue)!, new WriteReply(ReplyKind.NotWritten), 0);

        Told().ShouldBe([(1, WriteStatus.Unknown), (2, WriteStatus.Failed)]);
    }

    [Fact]
    public void What_an_earlier_run_may_have_written_is_unknown_when_the_run_ends_before_it_is_sent()
    {
        WriteOperation earlier = Writes.Put(_table, "a", 1);
        earlier.MayHaveLanded = true;
        _scheduler.Add(earlier, 0);

        _scheduler.Stop();

        Told().ShouldBe([(1, WriteStatus.Unknown)]);
    }

    [Fact]
    public void A_write_gives_up_after_its_tries_and_takes_what_it_replaced_with_it()
    {
        var scheduler = new WriteScheduler(new SchedulerOptions { BackOff = _ => 1, MaxTries = 2 }, _outcomes.Add);
        scheduler.Add(Writes.Put(_table, "a", 1), 0);
        scheduler.Add(Writes.Put(_table, "a", 2), 0);
        scheduler.Flush();

        for (int now = 0; scheduler.Pending > 0; now++)
        {
            if (scheduler.Take(now, int.MaxValue) is { } request)
            {
                scheduler.Settle(request, new WriteReply(ReplyKind.NotWritten), now);
            }
        }

        Told().ShouldBe([(1, WriteStatus.Failed), (2, WriteStatus.Failed)]);
        _outcomes.ShouldAllBe(o => o.Kind == FailureKind.ItemUnprocessed);
    }

    [Fact]
    public void Items_give_up_when_nothing_was_written_to_their_table_for_the_retry_timeout()
    {
        _scheduler.Add(Writes.Put(_table, "a", 1), 0);
        _scheduler.Flush();
        Settle(Take(), ReplyKind.NotWritten);

        _scheduler.Settle(_scheduler.Take(Ms(100), int.MaxValue)!, new WriteReply(ReplyKind.NotWritten), Ms(121_000));

        Told().ShouldBe([(1, WriteStatus.Failed)]);
    }

    [Fact]
    public void A_retry_is_counted_for_the_item_and_a_throttle_for_the_answer()
    {
        _scheduler.Add(Writes.Put(_table, "a", 1), 0);
        _scheduler.Add(Writes.Put(_table, "b", 2), 0);
        _scheduler.Flush();
        _scheduler.Settle(Take(), new WriteReply(ReplyKind.Answered) { Items = Writes.Undone(true, false), Throttled = true }, 0);
        Settle(_scheduler.Take(Ms(100), int.MaxValue)!, ReplyKind.Answered);

        (_table.Counts.Requests, _table.Counts.Retries, _table.Counts.Throttles).ShouldBe((2, 1, 1));
    }

    private static long Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds).Ticks;

    private void AddMany(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _scheduler.Add(Writes.Put(_table, "k" + i, i), 0);
        }
    }

    private WriteRequest Take() => _scheduler.Take(0, int.MaxValue).ShouldNotBeNull();

    [Fact]
    public void Failures_of_a_key_are_told_in_the_order_in_which_they_were_accepted()
    {
        WriteOperation[] writes = Enumerable.Range(0, 4).Select(i => Writes.Put(_table, "a", i)).ToArray();
        Array.ForEach(writes, w => _scheduler.Add(w, 0));
        _scheduler.Flush();

        // The last is refused, and the one that it had replaced is refused after it, and so on.
        for (int i = 0; i < writes.Length; i++)
        {
            Settle(Take(), ReplyKind.Rejected);
        }

        _outcomes.Select(o => o.Operation).ShouldBe(writes);
        _outcomes.ShouldAllBe(o => o.Kind == FailureKind.ItemRejected);
    }

    [Fact]
    public void What_is_not_sent_is_told_in_the_order_of_its_key()
    {
        WriteOperation[] writes = Enumerable.Range(0, 3).Select(i => Writes.Put(_table, "a", i)).ToArray();
        Array.ForEach(writes, w => _scheduler.Add(w, 0));

        _scheduler.Stop();

        _outcomes.Select(o => o.Operation).ShouldBe(writes);
    }

    private void Settle(WriteRequest request, ReplyKind kind) => _scheduler.Settle(request, new WriteReply(kind) { Message = "why" }, 0);

    private IEnumerable<(int Value, WriteStatus Status)> Told() => _outcomes.Select(o => ((int)o.Operation.Source!, o.Status));
}
