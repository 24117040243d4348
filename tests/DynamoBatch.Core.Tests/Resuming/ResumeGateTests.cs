using System.Collections.Generic;
using System.IO;
using System.Linq;
using DynamoBatch.Core.Resuming;
using Shouldly;
using Xunit;
using static DynamoBatch.Core.Tests.Resuming.CheckpointTesting;

namespace DynamoBatch.Core.Tests.Resuming;

public class ResumeGateTests
{
    [Fact]
    public void Without_a_history_everything_is_sent_at_once()
    {
        var gate = new ResumeGate<string, string>(Open(new MemoryStream()).History);

        gate.IsOpen.ShouldBeTrue();
        Offer(gate, Put(1, "a")).ShouldBe(["1 Send"]);
        gate.Complete();
    }

    [Fact]
    public void A_block_comes_out_when_it_is_known_to_be_the_same()
    {
        ResumeGate<string, string> gate = Gate(4, j => j.Acknowledged(2));

        Offer(gate, Put(1, "a"), Put(2, "b"), Put(3, "c")).ShouldBeEmpty();
        Offer(gate, Put(4, "d")).ShouldBe(["1 Send", "2 Skip", "3 Send", "4 Send"]);
        Offer(gate, Put(5, "e")).ShouldBe(["5 Send"]);
    }

    [Fact]
    public void Nothing_of_a_block_with_a_changed_object_comes_out()
    {
        ResumeGate<string, string> gate = Gate(70, j => j.Acknowledged(66));
        Offer(gate, Enumerable.Range(1, 64).Select(i => Put(i, "k" + i)).ToArray()).Count.ShouldBe(64);
        Offer(gate, Enumerable.Range(65, 5).Select(i => Put(i, "k" + i) with { Contribution = 1 }).ToArray());

        var refused = Should.Throw<CheckpointException>(() => gate.Offer(Put(70, "k")));

        refused.Problem.ShouldBe(CheckpointProblem.InputChanged);
        refused.Message.ShouldContain("65 to 70");
        gate.TryRead(out _).ShouldBeFalse();
        gate.Abandon().Select(v => v.Payload).ShouldBe(Enumerable.Range(65, 6).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void An_input_that_ends_too_soon_has_changed()
    {
        ResumeGate<string, string> gate = Gate(4, j => j.Acknowledged(2));
        Offer(gate, Put(1, "a"), Put(2, "b"));

        Should.Throw<CheckpointException>(() => gate.Complete()).Message.ShouldContain("ended after 2 objects, but the checkpoint knows of 4");
    }

    [Fact]
    public void A_failed_put_is_replaced_by_a_later_one_of_its_key_that_is_done()
    {
        ResumeGate<string, string> gate = Gate(3, j => (j.Failed(1), j.Acknowledged(3)));

        Offer(gate, Put(1, "a"), Put(2, "b"), Put(3, "a")).ShouldBe(["2 Send", "1 Replaced", "3 Skip"]);
    }

    [Fact]
    public void A_failed_put_goes_just_before_a_later_one_of_its_key()
    {
        ResumeGate<string, string> gate = Gate(4, j => j.Failed(1));

        Offer(gate, Put(1, "a"), Put(2, "b"), Put(3, "a"), Put(4, "c")).ShouldBe(["2 Send", "1 Send", "3 Send", "4 Send"]);
    }

    [Fact]
    public void What_failed_goes_in_order_once_nothing_recorded_is_left()
    {
        ResumeGate<string, string> gate = Gate(4, j => (j.Failed(3), j.Failed(1), j.Failed(2)));

        Offer(gate, Put(1, "b"), Put(2, "a"), Put(3, "b"), Put(4, "c")).ShouldBe(["4 Send", "1 Send", "2 Send", "3 Send"]);
    }

    [Fact]
    public void A_failed_update_is_not_sent_on_top_of_a_later_one()
    {
        ResumeGate<string, string> gate = Gate(4, j => (j.Failed(1), j.Acknowledged(2), j.Failed(3)));

        Offer(gate, Update(1, "a"), Update(2, "a"), Update(3, "a"), Update(4, "b")).ShouldBe(["2 Skip", "4 Send", "1 FailedAgain", "3 Send"]);
    }

    [Fact]
    public void A_failed_put_is_not_replaced_by_a_later_update()
    {
        ResumeGate<string, string> gate = Gate(2, j => (j.Failed(1), j.Acknowledged(2)));

        Offer(gate, Put(1, "a"), Update(2, "a")).ShouldBe(["2 Skip", "1 FailedAgain"]);
    }

    [Fact]
    public void A_corrected_row_is_held_by_the_key_that_it_has_now()
    {
        ResumeGate<string, string> gate = Gate(3, j => (j.Failed(1), j.Acknowledged(3)));

        Offer(gate, Put(1, "b") with { Contribution = 99 }, Put(2, "a"), Put(3, "b")).ShouldBe(["2 Send", "1 Replaced", "3 Skip"]);
    }

    [Fact]
    public void A_row_corrected_after_it_was_done_has_changed()
    {
        var stream = new MemoryStream();
        CheckpointJournal first = OpenTaken(stream, 2);
        first.Failed(1, 1);
        first.Flush();
        CheckpointJournal second = Open(stream);
        second.Taken(1, 11);
        second.Taken(2, 2);
        second.Acknowledged(1);
        second.Flush();
        var gate = new ResumeGate<string, string>(Open(stream).History);

        Should.Throw<CheckpointException>(() => gate.Offer(Put(1, "a"))).Message.ShouldContain("object 1 ");
        gate.Abandon().Select(v => v.Payload).ShouldBe(["1"]);
    }

    [Fact]
    public void An_unknown_put_is_sent_again_in_its_order_and_an_unknown_increment_is_not()
    {
        ResumeGate<string, string> gate = Gate(4, j => (j.Unknown(1), j.Unknown(2), j.Unknown(3)));

        Offer(gate, Put(1, "a"), Increment(2, "b"), Put(3, "c"), Put(4, "a"))
            .ShouldBe(["2 Unknown", "1 SendMayHaveLanded", "4 Send", "3 SendMayHaveLanded"]);
    }

    [Fact]
    public void An_unknown_write_is_not_sent_on_top_of_a_later_one()
    {
        ResumeGate<string, string> gate = Gate(4, j => (j.Unknown(1), j.Unknown(2), j.Acknowledged(3), j.Acknowledged(4)));

        Offer(gate, Put(1, "a"), Update(2, "b"), Put(3, "a"), Update(4, "b")).ShouldBe(["1 Replaced", "3 Skip", "4 Skip", "2 Unknown"]);
    }

    [Fact]
    public void An_intent_without_an_outcome_may_have_landed_so_no_earlier_update_follows_it()
    {
        ResumeGate<string, string> gate = Gate(3, j => (j.Failed(1), j.Intended(2)));

        Offer(gate, Update(1, "a"), Increment(2, "a"), Increment(3, "b")).ShouldBe(["1 FailedAgain", "2 SendMayHaveLanded", "3 Send"]);
    }

    [Fact]
    public void An_object_that_cannot_be_encoded_is_told_as_in_a_first_run_and_may_be_corrected()
    {
        ResumeGate<string, string> gate = Gate(3, j => (j.Failed(1, ContributionHash.Refused), j.Failed(2, ContributionHash.Refused)), refused: [1, 2]);

        Offer(gate, Refused(1), Put(2, "a"), Put(3, "b")).ShouldBe(["1 Send", "3 Send", "2 Send"]);
    }

    [Fact]
    public void An_early_end_hands_back_what_is_held_and_what_was_not_read()
    {
        ResumeGate<string, string> gate = Gate(66, j => j.Failed(1));
        for (int i = 1; i <= 65; i++)
        {
            gate.Offer(Put(i, "k" + i));
        }

        gate.TryRead(out _).ShouldBeTrue();

        gate.Abandon().Count.ShouldBe(64);
        gate.Abandon().ShouldBeEmpty();
        gate.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public void An_early_end_calls_nothing_unsent_that_is_done_or_may_be()
    {
        ResumeGate<string, string> gate = Gate(66, j => (j.Acknowledged(1), j.Acknowledged(65)));
        for (int i = 1; i <= 65; i++)
        {
            gate.Offer(Put(i, "k" + i));
        }

        var left = gate.Abandon();

        left.Single(v => v.Ordinal == 1).Action.ShouldBe(ResumeAction.Skip);
        left.Single(v => v.Ordinal == 2).Action.ShouldBe(ResumeAction.Send);
        left.Single(v => v.Ordinal == 65).Action.ShouldBe(ResumeAction.Unknown, "it was not made sure that it is the same object");
    }

    /// <summary>A gate over the checkpoint of a run that took so many objects.</summary>
    private static ResumeGate<string, string> Gate(int taken, System.Func<Recorder, object> record, int[]? refused = null)
    {
        var stream = new MemoryStream();
        CheckpointJournal journal = Open(stream);
        for (int ordinal = 1; ordinal <= taken; ordinal++)
        {
            journal.Taken(ordinal, refused?.Contains(ordinal) == true ? ContributionHash.Refused : (ulong)ordinal);
        }

        record(new Recorder(journal));
        journal.Flush();
        return new ResumeGate<string, string>(Open(stream).History);
    }

    private static ResumeWrite<string, string> Put(int ordinal, string key) => Write(ordinal, key, overwrites: true, repeatable: true);

    private static ResumeWrite<string, string> Update(int ordinal, string key) => Write(ordinal, key, overwrites: false, repeatable: true);

    private static ResumeWrite<string, string> Increment(int ordinal, string key) => Write(ordinal, key, overwrites: false, repeatable: false);

    private static ResumeWrite<string, string> Refused(int ordinal) =>
        Write(ordinal, string.Empty, overwrites: false, repeatable: false) with { IsRefused = true, Contribution = ContributionHash.Refused };

    private static ResumeWrite<string, string> Write(int ordinal, string key, bool overwrites, bool repeatable) =>
        new(ordinal, (ulong)ordinal, ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture), false, key, overwrites, repeatable);

    private static List<string> Offer(ResumeGate<string, string> gate, params ResumeWrite<string, string>[] writes)
    {
        var told = new List<string>();
        foreach (ResumeWrite<string, string> write in writes)
        {
            gate.Offer(write);
            while (gate.TryRead(out ResumeVerdict<string> verdict))
            {
                verdict.Payload.ShouldBe(verdict.Ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture));
                told.Add(verdict.Payload + " " + verdict.Action);
            }
        }

        return told;
    }

    /// <summary>Calls that can stand in a tuple, in order.</summary>
    private sealed class Recorder(CheckpointJournal journal)
    {
        public bool Acknowledged(long ordinal) => Do(() => journal.Acknowledged(ordinal));

        public bool Failed(long ordinal, ulong? contribution = null) => Do(() => journal.Failed(ordinal, contribution ?? (ulong)ordinal));

        public bool Unknown(long ordinal) => Do(() => journal.Unknown(ordinal));

        public bool Intended(long ordinal) => journal.Intend([ordinal]);

        private static bool Do(System.Action call)
        {
            call();
            return true;
        }
    }
}
