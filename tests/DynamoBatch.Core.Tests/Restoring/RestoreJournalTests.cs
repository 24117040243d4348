using System;
using System.IO;
using System.Linq;
using DynamoBatch.Core.Restoring;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Restoring;

public sealed class RestoreJournalTests : IDisposable
{
    private static readonly RestoreIdentity Identity = new()
    {
        Table = "Users",
        Endpoint = "eu-west-1",
        PointInTime = DateTimeOffset.Parse("2026-11-20T10:15:00Z", System.Globalization.CultureInfo.InvariantCulture),
        KeyPrefix = "a#",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("restore-journal").FullName;

    private string Path => System.IO.Path.Combine(_folder, "deeper", "a.journal");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_new_journal_knows_its_restore_only()
    {
        using (RestoreJournal journal = Open())
        {
            journal.IsResumed.ShouldBeFalse();
            journal.Records.Single().Step.ShouldBe(RestoreStep.Started);
        }

        File.ReadAllText(Path).ShouldStartWith(JournalRecord.Opening);
    }

    [Fact]
    public void The_same_command_finds_what_was_journaled()
    {
        using (RestoreJournal journal = Open())
        {
            journal.Write(RestoreStep.ScratchRequested, "Users-1", ("Arn", "a"), ("Absent", null));
            journal.Write(RestoreStep.ScratchReady, "Users-1", ("Arn", "b \"quoted\" ü\n"));
        }

        using RestoreJournal again = Open();

        again.IsResumed.ShouldBeTrue();
        again.Find(RestoreStep.ScratchRequested, "Users-1")!.Facts.Single().Value.ShouldBe("a");
        again.Find(RestoreStep.ScratchReady, "Users-1")!.Fact("Arn").ShouldBe("b \"quoted\" ü\n");
        again.Has(RestoreStep.ScratchReady).ShouldBeFalse();
    }

    [Fact]
    public void A_line_cut_anywhere_was_never_written()
    {
        using (RestoreJournal journal = Open())
        {
            journal.Write(RestoreStep.ScratchRequested, "Users-1");
        }

        byte[] whole = File.ReadAllBytes(Path);
        int first = Array.IndexOf(whole, (byte)'\n') + 1;
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole.AsSpan(0, length).ToArray());
            using RestoreJournal journal = Open();
            journal.IsResumed.ShouldBe(length >= first);
            journal.Has(RestoreStep.ScratchRequested, "Users-1").ShouldBeFalse();
            journal.Write(RestoreStep.Staged);
            journal.Dispose();
            using RestoreJournal again = Open();
            again.Has(RestoreStep.Staged).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_journal_of_another_scope_is_refused_by_name()
    {
        Open().Dispose();

        RestoreException refused = Should.Throw<RestoreException>(() => RestoreJournal.Open(Path, Identity with { KeyPrefix = "b#" }, TimeProvider.System));

        refused.Problem.ShouldBe(RestoreProblem.JournalOfOther);
        refused.Message.ShouldContain("KeyPrefix is a#, this one's is b#");
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("hello")]
    [InlineData("{\"Step\":\"Staged\",\"At\":\"2026-11-20T10:15:00Z\"}\n")]
    [InlineData("{\"Step\":\"Started\",\"At\":\"2026-11-20T10:15:00Z\",\"Format\":\"DynamoBatch restore 9\"}\n")]
    public void Another_file_is_refused_and_kept(string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, content);

        Should.Throw<RestoreException>(Open).Problem.ShouldBe(RestoreProblem.JournalDamaged);
        File.ReadAllText(Path).ShouldBe(content);
    }

    [Fact]
    public void A_journal_in_use_is_refused()
    {
        using RestoreJournal first = Open();

        Should.Throw<RestoreException>(Open).Problem.ShouldBe(RestoreProblem.JournalNotUsable);
    }

    [Fact]
    public void A_completed_journal_is_not_begun_again()
    {
        using (RestoreJournal journal = Open())
        {
            journal.Write(RestoreStep.Completed);
        }

        Should.Throw<RestoreException>(Open).Problem.ShouldBe(RestoreProblem.JournalCompleted);
        RestoreJournal.Peek(Path)![^1].Step.ShouldBe(RestoreStep.Completed);
    }

    private RestoreJournal Open() => RestoreJournal.Open(Path, Identity, TimeProvider.System);
}
