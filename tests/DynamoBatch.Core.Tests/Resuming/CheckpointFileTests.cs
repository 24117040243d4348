using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using DynamoBatch.Core.Resuming;
using Shouldly;
using Xunit;
using static DynamoBatch.Core.Tests.Resuming.CheckpointTesting;

namespace DynamoBatch.Core.Tests.Resuming;

public class CheckpointFileTests
{
    [Fact]
    public void An_empty_file_is_a_fresh_checkpoint()
    {
        var stream = new MemoryStream();
        CheckpointHeader header = Header(("-TableName", "Users"));

        CheckpointJournal journal = Open(stream, header);

        journal.Header.Id.ShouldBe(header.Id);
        journal.History.LastOrdinal.ShouldBe(0);
        Encoding.UTF8.GetString(stream.ToArray()).ShouldBe(Encoding.UTF8.GetString(header.ToLine()) + "\n");
    }

    [Fact]
    public void A_header_alone_is_resumed_under_its_own_id()
    {
        var stream = new MemoryStream();
        Guid id = Open(stream).Header.Id;

        CheckpointJournal resumed = Open(stream);

        resumed.Header.Id.ShouldBe(id);
        resumed.History.LastOrdinal.ShouldBe(0);
        Records(stream).ShouldBeEmpty();
    }

    [Fact]
    public void A_header_torn_at_any_byte_is_a_fresh_checkpoint()
    {
        byte[] line = Header(("-TableName", "Users")).ToLine();
        for (int length = 0; length <= line.Length; length++)
        {
            var stream = new MemoryStream();
            stream.Write(line, 0, length);

            Open(stream).Header.Id.ShouldNotBe(Guid.Empty);

            stream.ToArray().Count(b => b == '\n').ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("id,name\n1,2\n")]
    [InlineData("id,name")]
    [InlineData("{\"id\":{\"S\":\"a\"}}\n")]
    [InlineData("\n")]
    public void A_file_that_is_something_else_is_refused_and_left_as_it_is(string content)
    {
        MemoryStream stream = Content(content);

        Should.Throw<CheckpointException>(() => Open(stream)).Problem.ShouldBe(CheckpointProblem.NotACheckpoint);

        Encoding.UTF8.GetString(stream.ToArray()).ShouldBe(content);
    }

    [Fact]
    public void A_checkpoint_of_another_version_is_refused() =>
        Should.Throw<CheckpointException>(() => Open(Content("{\"checkpoint\":2,\"later\":true}\n"))).Problem.ShouldBe(CheckpointProblem.NotACheckpoint);

    [Fact]
    public void A_torn_last_line_is_ignored_and_written_over()
    {
        string whole = HeaderLine() + HashLine(40) + "A 1-10\n";
        for (int torn = 0; torn < "A 11-40".Length; torn++)
        {
            MemoryStream stream = Content(whole, "A 11-40".Substring(0, torn));
            CheckpointJournal journal = Open(stream);
            journal.History.Done.ShouldBe([new OrdinalRange(1, 10)]);

            Take(journal, 20);
            journal.Acknowledged(20);
            journal.Flush();

            Records(stream).ShouldBe([HashLine(40).TrimEnd(), "A 1-10", "A 20"]);
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("A ")]
    [InlineData("A 0")]
    [InlineData("A -1")]
    [InlineData("A 5-4")]
    [InlineData("A 5-5")]
    [InlineData("A 5,4")]
    [InlineData("A 5,")]
    [InlineData("A 5 ")]
    [InlineData("A 5\r")]
    [InlineData("A 41")]
    [InlineData("A 1-99999999999999999999")]
    [InlineData("I 5")]
    [InlineData("F 5")]
    [InlineData("F 5 123")]
    [InlineData("F 5 0123456789abcdeg")]
    [InlineData("F 41 0123456789abcdef")]
    [InlineData("H 40 0123456789abcdef")]
    [InlineData("H 39 0123456789abcdef")]
    [InlineData("H 105 0123456789abcdef")]
    [InlineData("X 5")]
    [InlineData("T {\"id\":\"1\"}")]
    [InlineData("T Users")]
    [InlineData("\0\0\0\0\0\0")]
    public void A_line_without_sense_before_the_last_is_damage_and_named(string line)
    {
        MemoryStream stream = Content(HeaderLine(), HashLine(40), "A 1-3\n", line, "\n", "A 4\n");

        var refused = Should.Throw<CheckpointException>(() => Open(stream));

        refused.Problem.ShouldBe(CheckpointProblem.Damaged);
        refused.Message.ShouldContain("line 4");
    }

    [Fact]
    public void Another_command_or_value_is_refused_with_both_named()
    {
        var stream = new MemoryStream();
        Open(stream, Header(("-TableName", "Users"), ("endpoint", "eu-west-1")));
        var other = new CheckpointHeader(Guid.NewGuid(), "Remove-DdbBatch", new Dictionary<string, string>());

        Message(other).ShouldSatisfyAllConditions(m => m.ShouldContain("Write-DdbBatch"), m => m.ShouldContain("Remove-DdbBatch"));
        Message(Header(("-TableName", "Users2"), ("endpoint", "eu-west-1"))).ShouldContain("-TableName 'Users'; this run has 'Users2'");
        Message(Header(("-TableName", "Users"))).ShouldContain("with endpoint 'eu-west-1'; this run is without it");
        Message(Header(("-TableName", "Users"), ("endpoint", "eu-west-1"), ("-InferType", "True"))).ShouldContain("without -InferType; this run has 'True'");
        Should.NotThrow(() => Open(stream, Header(("endpoint", "eu-west-1"), ("-TableName", "Users"))));

        string Message(CheckpointHeader header)
        {
            var refused = Should.Throw<CheckpointException>(() => Open(stream, header));
            refused.Problem.ShouldBe(CheckpointProblem.OtherCommand);
            return refused.Message;
        }
    }

    [Fact]
    public void Settings_and_names_of_any_text_stay_one_line()
    {
        var stream = new MemoryStream();
        (string, string) setting = ("-Condition", "a = 'b'\n\"c\" \u00e9\t");
        CheckpointJournal journal = Open(stream, Header(setting));
        journal.OpenTable("T\n\"", null);
        journal.Flush();

        Open(stream, Header(setting)).History.Tables.Keys.ShouldBe(["T\n\""]);
    }

    [Fact]
    public void A_long_checkpoint_is_read_across_its_buffers()
    {
        var stream = new MemoryStream();
        CheckpointJournal journal = Open(stream);
        for (int ordinal = 1; ordinal <= 60_000; ordinal++)
        {
            journal.Taken(ordinal, (ulong)ordinal);
            if (ordinal % 3 == 0)
            {
                journal.Acknowledged(ordinal);
            }

            if (ordinal % 20_000 == 0)
            {
                journal.Flush();
            }
        }

        CheckpointHistory history = Open(stream).History;

        history.LastOrdinal.ShouldBe(60_000);
        history.Done.Count.ShouldBe(20_000);
        history.Hashes.Zip(history.Hashes.Skip(1)).ShouldAllBe(h => h.Second.Ordinal - h.First.Ordinal <= CheckpointHistory.BlockSize);
    }
}
