using System;
using System.Linq;
using DynamoBatch.Core.Resuming;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Resuming;

public class RequestTokenTests
{
    private static readonly Guid Checkpoint = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Fact]
    public void A_token_is_the_same_in_every_run_and_fits() =>
        RequestToken.For(Checkpoint, 7, 0xfeed).ShouldBe(Pinned);

    [Fact]
    public void Another_checkpoint_row_or_content_has_another_token() =>
        new[]
        {
            RequestToken.For(Checkpoint, 7, 1), RequestToken.For(Checkpoint, 71, 1), RequestToken.For(Checkpoint, 7, 2), RequestToken.For(Guid.Empty, 7, 1),
        }.Distinct().Count().ShouldBe(4);

    [Theory]
    [InlineData(0, true)]
    [InlineData(500, true)]
    [InlineData(540, false)]
    [InlineData(600, false)]
    [InlineData(-5, false)]
    public void A_token_is_trusted_for_less_than_ten_minutes_and_never_by_a_clock_that_went_back(int age, bool alive)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(1_795_000_000 + age);
        (now < RequestToken.RepeatUntil(1_795_000_000, now)).ShouldBe(alive);
    }

    private const string Pinned = "2cef3f56-edfe-8032-4bd9-52f70abe3a3f";
}
