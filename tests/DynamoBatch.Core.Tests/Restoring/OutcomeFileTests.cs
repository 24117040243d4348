using System;
using System.IO;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Changes;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Restoring;

public sealed class OutcomeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outcomes").FullName;

    private string Outcomes => Path.Combine(_folder, "outcomes");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_not_flushed_does_not_count_as_made()
    {
        using (var outcomes = new OutcomeFile(Outcomes, 2))
        {
            outcomes.Add(1, ChangeOutcome.Updated);
            outcomes.Flush();

            // The image that the second overwrote could not be filed, so the run ends here.
            outcomes.Add(2, ChangeOutcome.Updated);
            outcomes[2].ShouldBe(ChangeOutcome.Updated);
        }

        using var later = new OutcomeFile(Outcomes, 2);
        later[1].ShouldBe(ChangeOutcome.Updated);
        later[2].ShouldBe(ChangeOutcome.None);
    }

    [Fact]
    public void The_last_outcome_of_a_change_counts()
    {
        using (var outcomes = new OutcomeFile(Outcomes, 1))
        {
            outcomes.Add(1, ChangeOutcome.Failed);
            outcomes.Add(1, ChangeOutcome.Put);
            outcomes.Flush();
        }

        using var later = new OutcomeFile(Outcomes, 1);
        later[1].ShouldBe(ChangeOutcome.Put);
    }

    [Fact]
    public void A_file_that_is_to_be_made_now_and_cannot_be_is_refused_before_anything_is_done() =>
        Should.Throw<RestoreException>(() => new AppendFile(Path.Combine(_folder, "no such folder", "undo"), begin: true).Dispose()).Message.ShouldContain("could not be written");
}
