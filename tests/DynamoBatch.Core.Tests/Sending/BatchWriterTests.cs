using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Tests.Batching;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Sending;

public class BatchWriterTests
{
    private static readonly Task<WriteReply> Done = Task.FromResult(new WriteReply(ReplyKind.Answered));
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);
    private readonly WriteTable _table = Writes.Table();

    [Fact]
    public async Task What_was_offered_is_written_and_counted()
    {
        using var run = new WriterRun((_, _) => Done, new WriterOptions { Linger = Never }); // Only full requests leave by themselves.

        await run.WriteAsync(Many(1000));

        _table.Counts.Succeeded.ShouldBe(1000);
        _table.Counts.Requests.ShouldBe(40);
    }

    [Fact]
    public async Task Memory_is_bounded_an_offer_is_refused_where_nothing_is_answered()
    {
        var never = new TaskCompletionSource<WriteReply>();
        using var run = new WriterRun((_, _) => never.Task);
        int taken = 0;

        while (run.Writer.TryWrite(Writes.Put(_table, "k" + taken, taken)))
        {
            taken++;
        }

        taken.ShouldBe(4096);
        run.Writer.Stop();
        never.SetResult(new WriteReply(ReplyKind.Ambiguous));
        await run.RestAsync();
        (_table.Counts.Unknown + _table.Counts.NotSent).ShouldBe(4096);
    }

    [Fact]
    public async Task A_hot_key_does_not_stall_a_full_buffer()
    {
        using var run = new WriterRun((_, _) => Done);

        await run.WriteAsync(Enumerable.Range(0, 20_000).Select(i => Writes.Put(_table, "same", i)));

        (_table.Counts.Succeeded + _table.Counts.Replaced).ShouldBe(20_000);
    }

    [Fact]
    public async Task Abort_gives_up_answers_that_never_come()
    {
        using var run = new WriterRun(async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
            return new WriteReply(ReplyKind.Ambiguous);
        });
        run.Writer.TryWrite(Writes.Put(_table, "a"));
        run.Writer.Flush();
        while (run.Writer.InFlight == 0)
        {
            await Task.Yield();
        }

        run.Writer.Abort();
        await run.RestAsync();

        run.Outcomes.Single().Status.ShouldBe(WriteStatus.Unknown);
    }

    [Fact]
    public async Task Abort_does_not_wait_for_a_transport_that_cannot_be_cancelled()
    {
        var answer = new TaskCompletionSource<WriteReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var run = new WriterRun((_, _) => answer.Task);
        run.Writer.TryWrite(Writes.Put(_table, "a"));
        run.Writer.Flush();
        while (run.Writer.InFlight == 0)
        {
            await Task.Yield();
        }

        run.Writer.Abort();

        run.Writer.Pending.ShouldBe(0);
        answer.SetResult(new WriteReply(ReplyKind.Answered));
        await run.RestAsync();
        (_table.Counts.Accepted, _table.Counts.Unknown, _table.Counts.Succeeded).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task A_transport_that_throws_loses_nothing()
    {
        int calls = 0;
        using var run = new WriterRun((_, _) => ++calls == 1 ? throw new InvalidOperationException("bug") : Done);

        await run.WriteAsync(Many(1));

        (_table.Counts.Succeeded, _table.Counts.Retries).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_missing_table_ends_the_run_where_it_is_the_only_one()
    {
        var failure = new DdbException(FailureKind.TableNotFound, "no such table");
        using var run = new WriterRun((_, _) => Task.FromResult(new WriteReply(ReplyKind.TableFailed) { Failure = failure }));

        await run.WriteAsync(Many(100));

        run.Writer.Failure.ShouldBe(failure);
        _table.Counts.NotSent.ShouldBe(100);
    }

    [Fact]
    public async Task An_endpoint_that_never_answered_ends_the_run()
    {
        using var run = new WriterRun(
            (_, _) => Task.FromResult(new WriteReply(ReplyKind.NotWritten) { Reached = false, Message = "refused" }),
            new WriterOptions { FirstAnswerTimeout = TimeSpan.Zero });

        await run.WriteAsync(Many(1));

        run.Writer.Failure!.Kind.ShouldBe(FailureKind.EndpointUnreachable);
        _table.Counts.NotSent.ShouldBe(1);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_ends_the_run_and_not_each_item_by_itself()
    {
        int calls = 0;
        using var run = new WriterRun(
            (_, _) => ++calls == 1 ? Done : Task.FromResult(new WriteReply(ReplyKind.NotWritten) { Reached = false, Message = "gone" }),
            new WriterOptions { ThrottleLimit = 1, Linger = Never, FirstAnswerTimeout = TimeSpan.FromMilliseconds(50), RetryTimeout = TimeSpan.FromMilliseconds(200) });

        await run.WriteAsync(Many(1000));

        run.Writer.Failure!.Kind.ShouldBe(FailureKind.EndpointUnreachable);
        _table.Counts.Succeeded.ShouldBe(25);
        _table.Counts.NotSent.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task No_more_requests_are_in_flight_than_allowed()
    {
        int inFlight = 0, most = 0;
        using var run = new WriterRun(
            async (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inFlight));
                await Task.Yield();
                Interlocked.Decrement(ref inFlight);
                return new WriteReply(ReplyKind.Answered);
            },
            new WriterOptions { ThrottleLimit = 3 });

        await run.WriteAsync(Many(2000));

        most.ShouldBeLessThanOrEqualTo(3);
    }

    private WriteOperation[] Many(int count) => Enumerable.Range(0, count).Select(i => Writes.Put(_table, "k" + i, i)).ToArray();
}
