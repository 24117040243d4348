using System;
using DynamoBatch.Core.Sending;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Sending;

public class CapacityLimiterTests
{
    private static readonly long Second = TimeSpan.FromSeconds(1).Ticks;

    [Fact]
    public void In_any_second_no_more_leaves_than_the_cap_and_one_request()
    {
        var limiter = new CapacityLimiter(100);
        double[] sent = new double[10];

        for (long now = 0; now < 10 * Second; now += Second / 1000)
        {
            if (limiter.DueAt <= now)
            {
                limiter.Reserve(25, now);
                sent[now / Second] += 25;
            }
        }

        sent.ShouldAllBe(units => units >= 75 && units <= 125);
    }

    [Fact]
    public void Time_that_nobody_used_is_not_saved_for_a_burst_but_for_a_twentieth_of_a_second()
    {
        var limiter = new CapacityLimiter(100);

        limiter.Reserve(25, 60 * Second);

        limiter.DueAt.ShouldBe((60 * Second) + (Second / 4) - (Second / 20));
    }

    [Fact]
    public void Late_timers_cost_nothing_of_the_cap()
    {
        var limiter = new CapacityLimiter(1000);
        int sent = 0;

        for (long now = 0; now < 10 * Second; now += Second / 64)
        {
            // Rung every 16 ms, as some systems do, for requests of one unit.
            for (; limiter.DueAt <= now; sent++)
            {
                limiter.Reserve(1, now);
            }
        }

        sent.ShouldBeInRange(9_800, 10_100);
    }

    [Fact]
    public void A_booking_is_corrected_by_what_was_consumed()
    {
        var limiter = new CapacityLimiter(100);
        limiter.Reserve(25, 0);

        limiter.Correct(25, 75);

        limiter.DueAt.ShouldBe(Second * 3 / 4);
    }

    [Fact]
    public void A_request_holds_at_most_one_seconds_cap() => new CapacityLimiter(7).MaxUnitsPerRequest.ShouldBe(7);

    [Fact]
    public void Without_a_cap_nothing_waits()
    {
        var limiter = new CapacityLimiter(null);

        limiter.Reserve(1_000_000, 5);

        limiter.DueAt.ShouldBeLessThanOrEqualTo(5);
        limiter.MaxUnitsPerRequest.ShouldBe(int.MaxValue);
    }
}
