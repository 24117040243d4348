using System;
using System.IO;
using System.Linq;
using DynamoBatch.Core.Resuming;
using Shouldly;
using Xunit;
using static DynamoBatch.Core.Tests.Resuming.CheckpointTesting;

namespace DynamoBatch.Core.Tests.Resuming;

public class CheckpointJournalTests
{
    [Fact]
    public void Records_follow_the_hash_that_covers_them_in_the_order_of_the_calls()
    {
        var stream = new MemoryStream();
        CheckpointJournal journal = OpenTaken(stream, 30);

        journal.Acknowledged(3);
        journal.Acknowledged(1);
        journal.Acknowledged(2);
        journal.Acknowledged(9);
        journal.Failed(5, 0xabc);
        journal.Acknowledged(10);
        journal.Unknown(12);
        journal.Flush();

        Records(stream).ShouldBe([HashLine(30).TrimEnd(), "A 1-3,9", "F 5 0000000000000abc", "A 10", "U 12"]);
    }

    [Fact]
    public void A_flush_is_one_write()
    {
        var stream = new DyingStream([], int.MaxValue, _ => 0);
        CheckpointJournal journal = OpenTaken(stream, 200);
        int before = stream.Writes;

        journal.Acknowledged(1);
        journal.Failed(2, 2);
        journal.OpenTable("T", null);
        journal.Flush();
        journal.Flush();

        (stream.Writes - before).ShouldBe(1);
    }

    [Fact]
    public void Identities_are_recorded_every_block_even_where_nothing_is_decided()
    {
        var stream = new MemoryStream();
        CheckpointJournal journal = OpenTaken(stream, 130);

        journal.Flush();

        Records(stream).ShouldBe([HashLine(64).TrimEnd(), HashLine(128).TrimEnd()]);
    }

    [Fact]
    public void An_intent_is_in_the_file_with_its_time_when_the_call_returns()
    {
        var stream = new MemoryStream();
        var clock = new FixedTime { Now = DateTimeOffset.FromUnixTimeSeconds(1_795_000_000) };
        CheckpointJournal journal = OpenTaken(stream, 4, clock);

        journal.Intend([2, 3]).ShouldBeTrue();

        Outcomes(stream).ShouldBe(["I 1795000000 2-3"]);
        Open(stream).History.Find(3).ShouldBe(new OpenRecord(RecordedState.Intended, 1_795_000_000));
    }

    [Fact]
    public void The_first_intent_that_may_have_landed_gives_the_time()
    {
        var stream = new MemoryStream();
        var clock = new FixedTime { Now = DateTimeOffset.FromUnixTimeSeconds(100) };
        OpenTaken(stream, 3, clock).Intend([1, 2, 3]);
        clock.Now = DateTimeOffset.FromUnixTimeSeconds(200);
        CheckpointJournal second = OpenTaken(stream, 3, clock);
        second.Failed(2, 2);
        second.Unknown(3);
        second.Intend([1, 2, 3]);

        CheckpointHistory history = Open(stream).History;

        history.Find(1).IntendedAt.ShouldBe(100);
        history.Find(2).IntendedAt.ShouldBe(200, "it was known not to be written in between");
        history.Find(3).IntendedAt.ShouldBe(100);
    }

    [Fact]
    public void An_intent_of_this_run_that_came_to_nothing_is_withdrawn_but_not_one_of_a_run_before()
    {
        var stream = new MemoryStream();
        OpenTaken(stream, 4).Intend([1]);
        CheckpointJournal second = OpenTaken(stream, 4);
        second.Failed(3, 3);
        second.Intend([1, 2, 3]);
        second.NotSent(1);
        second.NotSent(2);
        second.NotSent(3);
        second.Flush();

        CheckpointHistory history = Open(stream).History;

        history.Find(1).State.ShouldBe(RecordedState.Intended);
        history.Find(2).State.ShouldBe(RecordedState.None);
        history.Find(3).State.ShouldBe(RecordedState.Failed);
    }

    [Fact]
    public void The_last_outcome_wins_and_done_is_final()
    {
        var stream = new MemoryStream();
        CheckpointJournal journal = OpenTaken(stream, 3);
        journal.Failed(1, 1);
        journal.Unknown(1);
        journal.Acknowledged(2);
        journal.Unknown(2);
        journal.Unknown(3);
        journal.Acknowledged(3);
        journal.Flush();

        CheckpointHistory history = Open(stream).History;

        history.Find(1).State.ShouldBe(RecordedState.Unknown);
        history.Find(2).State.ShouldBe(RecordedState.Done);
        history.Find(3).State.ShouldBe(RecordedState.Done);
    }

    [Fact]
    public void A_failed_row_counts_in_the_hash_as_it_was_first_and_is_watched_again_once_it_is_done()
    {
        var stream = new MemoryStream();
        CheckpointJournal first = OpenTaken(stream, 3);
        first.Failed(2, 2);
        first.Flush();
        CheckpointJournal second = Open(stream);
        second.Taken(1, 1);
        second.Taken(2, 222);
        second.Taken(3, 3);
        second.Taken(4, 4);
        second.Acknowledged(2);
        second.Acknowledged(4);
        second.Flush();

        Outcomes(stream).ShouldBe(["F 2 0000000000000002", "C 2 00000000000000de", "A 2,4"]);
        CheckpointHistory history = Open(stream).History;
        history.Hashes[^1].ShouldBe(new BlockHash(4, Rolled(4)));
        history.TryGetCorrectable(2, out CorrectableRow row).ShouldBeTrue();
        row.ShouldBe(new CorrectableRow(Hashed: 2, Latest: 222));
    }

    [Fact]
    public void A_table_made_anew_is_refused_and_an_unknown_id_is_not()
    {
        var stream = new MemoryStream();
        CheckpointJournal first = Open(stream);
        first.OpenTable("Users", "id-1");
        first.OpenTable("Orders", null);
        first.Flush();

        CheckpointJournal second = Open(stream);
        second.OpenTable("Users", null);
        second.OpenTable("Orders", "id-2");
        second.Flush();
        CheckpointJournal third = Open(stream);

        var refused = Should.Throw<CheckpointException>(() => third.OpenTable("Users", "id-9"));
        refused.Problem.ShouldBe(CheckpointProblem.OtherTable);
        refused.Message.ShouldSatisfyAllConditions(m => m.ShouldContain("Users"), m => m.ShouldContain("id-1"), m => m.ShouldContain("id-9"));
        Should.Throw<CheckpointException>(() => third.OpenTable("Orders", "id-3")).Problem.ShouldBe(CheckpointProblem.OtherTable);
        Should.NotThrow(() => third.OpenTable("Users", "id-1"));
    }

    [Fact]
    public void A_failed_write_ends_the_journal_and_no_intent_is_given_out()
    {
        var stream = new DyingStream([], 1, count => count / 2);
        CheckpointJournal journal = OpenTaken(stream, 100);

        journal.Intend([1, 2]).ShouldBeFalse();

        journal.Fault.ShouldBeOfType<IOException>();
        int writes = stream.Writes;
        journal.Acknowledged(3);
        journal.Failed(4, 4);
        journal.Intend([5]).ShouldBeFalse();
        journal.Flush().ShouldBeFalse();
        stream.Writes.ShouldBe(writes);
        Open(new MemoryStream(stream.ToArray())).History.Find(1).State.ShouldBe(RecordedState.None);
    }

    [Fact]
    public void An_outcome_of_what_was_not_taken_is_a_mistake_of_the_caller()
    {
        CheckpointJournal journal = OpenTaken(new MemoryStream(), 3);
        Should.Throw<ArgumentOutOfRangeException>(() => journal.Taken(3, 3));
        Should.Throw<InvalidOperationException>(() => journal.Failed(4, 4));
    }

    [Fact]
    public void Two_runs_cannot_share_a_file_and_a_bad_path_says_so()
    {
        string folder = Directory.CreateTempSubdirectory("checkpoint").FullName;
        try
        {
            string path = System.IO.Path.Combine(folder, "load.ckpt");
            using (CheckpointJournal journal = CheckpointOpening.Open(path, Header(), TimeProvider.System))
            {
                Take(journal, 2);
                journal.Acknowledged(2);
                Should.Throw<CheckpointException>(() => CheckpointOpening.Open(path, Header(), TimeProvider.System))
                    .Problem.ShouldBe(CheckpointProblem.NotUsable);
            }

            using (CheckpointJournal resumed = CheckpointOpening.Open(path, Header(), TimeProvider.System))
            {
                resumed.History.Done.ShouldBe([new OrdinalRange(2, 2)]);
            }

            Should.Throw<CheckpointException>(() => CheckpointOpening.Open(folder, Header(), TimeProvider.System))
                .Problem.ShouldBe(CheckpointProblem.NotUsable);
            Should.Throw<CheckpointException>(() => CheckpointOpening.Open(System.IO.Path.Combine(folder, "none", "x"), Header(), TimeProvider.System))
                .Message.ShouldContain("none");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class FixedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
