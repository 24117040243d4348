using System;
using DynamoBatch.Core.Sending;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Sending;

public class RetryPolicyTests
{
    [Theory]
    [InlineData(1, 25)]
    [InlineData(2, 50)]
    [InlineData(5, 400)]
    [InlineData(9, 5000)]
    [InlineData(1000, 5000)]
    public void The_longest_wait_doubles_with_each_setback_up_to_the_cap(int setbacks, int milliseconds) =>
        RetryPolicy.Delay(setbacks, 1).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void Jitter_is_full_down_to_a_floor_that_keeps_it_from_looping_hot()
    {
        RetryPolicy.Delay(9, 0.5).ShouldBe(TimeSpan.FromMilliseconds(2500));
        RetryPolicy.Delay(9, 0).ShouldBe(RetryPolicy.Floor);
    }
}
