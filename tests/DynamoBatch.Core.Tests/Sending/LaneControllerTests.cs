using System;
using DynamoBatch.Core.Sending;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Sending;

public class LaneControllerTests
{
    private const long Fast = 100_000;

    [Fact]
    public void It_grows_to_the_maximum_while_answers_stay_as_fast()
    {
        var controller = new LaneController(64);

        Answer(controller, count: 5000);

        controller.Limit.ShouldBe(64);
    }

    [Fact]
    public void It_stays_where_more_requests_would_only_wait_longer()
    {
        var controller = new LaneController(64);
        controller.Answered(Fast, saturated: true, 0);

        // A server that does one request at a time: answers take as long as there are requests before them.
        for (int i = 1; i < 5000; i++)
        {
            controller.Answered(Fast * controller.Limit, saturated: true, i * 1000);
        }

        controller.Limit.ShouldBe(LaneController.Start);
    }

    [Fact]
    public void It_shrinks_by_half_the_share_that_came_back_once_in_a_window()
    {
        var controller = new LaneController(64);
        long now = TimeSpan.FromSeconds(1).Ticks;

        for (int i = 0; i < 10; i++)
        {
            controller.Count(25, 25, now);
        }

        controller.Limit.ShouldBe(8);
    }

    [Fact]
    public void Lasting_throttling_leaves_one_request_and_it_recovers_after()
    {
        var controller = new LaneController(64);
        for (int i = 0; i < 50; i++)
        {
            controller.Count(25, 25, TimeSpan.FromSeconds(i).Ticks);
        }

        controller.Limit.ShouldBe(1);
        Answer(controller, count: 10_000, from: TimeSpan.FromSeconds(60).Ticks);
        controller.Limit.ShouldBe(64);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(40)]
    public void It_settles_near_a_tables_capacity(int lanesWorth)
    {
        var controller = new LaneController(64);
        double wasted = 0, used = 0;
        long now = 0;

        // A round of 10 ms takes what the table can, and gives back the rest.
        for (int round = 0; round < 4000; round++)
        {
            now += TimeSpan.FromMilliseconds(10).Ticks;
            int sent = controller.Limit * 25;
            int written = Math.Min(sent, lanesWorth * 25);
            controller.Count(sent, sent - written, now);
            if (written == sent)
            {
                for (int i = 0; i < controller.Limit; i++)
                {
                    controller.Answered(Fast, saturated: true, now);
                }
            }

            if (round > 1000)
            {
                wasted += sent - written;
                used += (double)written / (lanesWorth * 25);
            }
        }

        (used / 3000).ShouldBeGreaterThan(0.85, "the table's capacity is used");
        (wasted / (3000 * lanesWorth * 25)).ShouldBeLessThan(0.35, "and not hammered");
    }

    [Fact]
    public void It_does_not_grow_where_lanes_are_idle()
    {
        var controller = new LaneController(64);

        for (int i = 0; i < 1000; i++)
        {
            controller.Answered(Fast, saturated: false, i);
        }

        controller.Limit.ShouldBe(LaneController.Start);
    }

    [Fact]
    public void It_never_passes_the_limit_that_was_given()
    {
        var controller = new LaneController(3);

        Answer(controller, count: 1000);

        controller.Limit.ShouldBe(3);
    }

    private static void Answer(LaneController controller, int count, long from = 0)
    {
        for (int i = 0; i < count; i++)
        {
            controller.Answered(Fast, saturated: true, from + (i * 1000));
        }
    }
}
