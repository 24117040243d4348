using System;
using System.Linq;
using System.Threading.Tasks;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Tables;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Comparing;

public class TableComparisonTests
{
    private const long ManySegments = 100L * 1024 * 1024;

    [Fact]
    public async Task Equal_tables_in_the_same_order_need_no_lookup_and_little_memory()
    {
        (SimulatedScans reference, SimulatedScans difference) = Tables(1, 1, items: 2000);

        using ComparisonRun run = await new ComparisonRun(reference, difference).RunAsync();

        run.Pairs.ShouldBeEmpty();
        run.Comparison.Counts.Equal.ShouldBe(2000);
        run.Comparison.Counts.LookedUp.ShouldBe(0);
        (reference.Lookups + difference.Lookups).ShouldBe(0);
    }

    [Fact]
    public async Task In_another_order_too_nothing_is_looked_up_while_the_window_holds_it()
    {
        (SimulatedScans reference, SimulatedScans difference) = Tables(1, 2, items: 2000);

        using ComparisonRun run = await new ComparisonRun(reference, difference).RunAsync();

        run.Pairs.ShouldBeEmpty();
        run.Comparison.Counts.Equal.ShouldBe(2000);

        // A segment that ends before any pair was found across segments may be looked up for nothing.
        run.Comparison.Counts.LookedUp.ShouldBeLessThan(400);
    }

    [Fact]
    public async Task Where_the_window_is_full_the_oldest_are_looked_up()
    {
        (SimulatedScans reference, SimulatedScans difference) = Tables(1, 2, items: 500);

        using ComparisonRun run = await new ComparisonRun(reference, difference, new ComparisonOptions { MaxWaitingBytes = 0 }).RunAsync();

        run.Pairs.ShouldBeEmpty();
        run.Comparison.Counts.Equal.ShouldBe(500);
        run.Comparison.Counts.LookedUp.ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task A_difference_is_told_while_the_scans_go_on_where_the_orders_agree()
    {
        (SimulatedScans reference, SimulatedScans difference) = Tables(1, 1, items: 5000);
        difference.Set("k7", null);

        using ComparisonRun run = await new ComparisonRun(reference, difference, new ComparisonOptions { ThrottleLimit = 4 }).RunAsync(take: 1);

        run.Pairs.Count.ShouldBe(1);
        run.Comparison.IsCompleted.ShouldBeFalse();
        run.Comparison.Abort();
        run.Comparison.IsCompleted.ShouldBeTrue();
        run.Comparison.Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("difference")]
    [InlineData("lookups")]
    public async Task What_cannot_be_read_ends_it_with_a_failure_and_tells_nothing_of_what_was_not_seen(string what)
    {
        (SimulatedScans reference, SimulatedScans difference) = Tables(1, 2, items: 1000, what == "reference" ? 20 : null, what == "difference" ? 20 : null);
        difference.Set("k7", Item("k7", 1000));

        using ComparisonRun run = await new ComparisonRun(reference, difference) { RefusesLookups = what == "lookups" }.RunAsync();

        run.Comparison.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.AccessDenied);
        run.Comparison.IsCompleted.ShouldBeTrue();
        run.Pairs.ShouldAllBe(p => SimulatedScans.IdOf(p.Key) == "k7");
    }

    [Fact]
    public async Task A_page_that_never_comes_is_a_failure()
    {
        (SimulatedScans reference, SimulatedScans _) = Tables(1, 1, items: 10);
        var difference = new SimulatedScans("B", 1, new Random(1)) { Trouble = 1 };

        using ComparisonRun run = await new ComparisonRun(reference, difference, new ComparisonOptions { MaxRetry = 3 }).RunAsync();

        run.Comparison.Failure.ShouldNotBeNull().Message.ShouldContain("table 'B'");
        run.Pairs.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task No_more_requests_are_in_flight_than_allowed(int limit)
    {
        (SimulatedScans reference, SimulatedScans difference) = Tables(1, 2, items: 1000);
        difference.Set("k7", Item("k7", 1000));

        using ComparisonRun run = await new ComparisonRun(reference, difference, new ComparisonOptions { ThrottleLimit = limit }).RunAsync();

        run.Pairs.Count.ShouldBe(1);
        run.MostInFlight.ShouldBeInRange(1, limit);
    }

    [Fact]
    public async Task Pairs_have_the_items_as_the_lookups_found_them()
    {
        (SimulatedScans reference, SimulatedScans difference) = Tables(1, 1, items: 100);
        difference.Set("k7", """{"v":{"N":"7.0"},"id":{"S":"k7"},"new":{"S":"x"},"Also":{"S":"y"}}""");

        using ComparisonRun run = await new ComparisonRun(reference, difference).RunAsync();

        ItemPair pair = run.Pairs.Single();
        pair.IsEqual.ShouldBeFalse();
        pair.Attributes.ShouldBe(["Also", "new"]);
        System.Text.Encoding.UTF8.GetString(pair.Reference.Span).ShouldBe(Item("k7", 7));
        run.Comparison.AttributeNames.ToList().ShouldBe(["Also", "id", "new", "v"]);
    }

    [Fact]
    public async Task What_is_not_compared_makes_no_pair()
    {
        (SimulatedScans reference, SimulatedScans difference) = Tables(1, 1, items: 100);
        difference.Set("k7", """{"v":{"N":"7"},"id":{"S":"k7"},"new":{"S":"x"}}""");
        difference.Set("k8", """{"v":{"N":"9"},"id":{"S":"k8"},"new":{"S":"x"}}""");

        using ComparisonRun run = await new ComparisonRun(reference, difference, new ComparisonOptions { Attributes = ["v"] }).RunAsync();

        run.Pairs.Single().Attributes.ShouldBe(["v"]);
        SimulatedScans.IdOf(run.Pairs.Single().Key).ShouldBe("k8");
    }

    [Fact]
    public async Task Stopping_before_the_pairs_are_taken_ends_it()
    {
        (SimulatedScans reference, SimulatedScans difference) = Tables(1, 2, items: 1000);
        var empty = new SimulatedScans("B", 2, new Random(1), ManySegments);
        using ComparisonRun run = await new ComparisonRun(reference, empty, new ComparisonOptions { MaxUntakenBytes = 1 }).RunAsync(take: 3);

        run.Comparison.Abort();

        while (run.Comparison.TryTake(out _))
        {
        }

        run.Comparison.IsCompleted.ShouldBeTrue();
        difference.Pages.ShouldBe(0);
    }

    [Fact]
    public void Tables_with_other_keys_are_refused()
    {
        var schema = new TableSchema("A", new KeyAttribute("id", KeyType.S), null, []);
        KeyAgreement.Check(schema, schema with { TableName = "B" });

        foreach (TableSchema other in new[]
        {
            schema with { PartitionKey = new KeyAttribute("ID", KeyType.S) },
            schema with { PartitionKey = new KeyAttribute("id", KeyType.N) },
            schema with { SortKey = new KeyAttribute("at", KeyType.N) },
        })
        {
            Should.Throw<DdbException>(() => KeyAgreement.Check(schema, other)).Message.ShouldContain("'id' (S)");
        }
    }

    [Fact]
    public void A_prefix_of_a_number_is_refused()
    {
        var schema = new TableSchema("A", new KeyAttribute("n", KeyType.N), null, []);

        Should.Throw<DdbException>(() => ComparisonSide.OfKeyPrefix(schema, "1")).Kind.ShouldBe(FailureKind.KeyAttributeInvalid);
    }

    private static (SimulatedScans Reference, SimulatedScans Difference) Tables(
        int order, int otherOrder, int items, int? failReference = null, int? failDifference = null)
    {
        var reference = new SimulatedScans("A", order, new Random(1), ManySegments) { FailAfter = failReference };
        var difference = new SimulatedScans("B", otherOrder, new Random(1), ManySegments) { FailAfter = failDifference };
        for (int i = 0; i < items; i++)
        {
            string id = FormattableString.Invariant($"k{i}");
            reference.Set(id, Item(id, i));
            difference.Set(id, Item(id, i));
        }

        return (reference, difference);
    }

    private static string Item(string id, int version) =>
        FormattableString.Invariant($"{{\"id\":{{\"S\":\"{id}\"}},\"v\":{{\"N\":\"{version}\"}}}}");
}
