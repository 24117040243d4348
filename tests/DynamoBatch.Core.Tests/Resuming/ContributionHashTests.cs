using System.Collections.Generic;
using System.Linq;
using System.Text;
using DynamoBatch.Core.Resuming;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Resuming;

public class ContributionHashTests
{
    private const ulong Pinned = 16508251362486580170;

    private const string Item = """{"id":{"S":"a\"b\\"},"n":{"N":"12345678901234"},"m":{"M":{"x":{"L":[{"S":"1"},{"BOOL":true}]},"y":{"NULL":true}}},"s":{"SS":["p","q"]}}""";

    [Fact]
    public void It_never_changes_since_checkpoints_outlive_a_version() => Of(Item).ShouldBe(Pinned);

    [Theory]
    [InlineData("""{"n":{"N":"12345678901234"},"id":{"S":"a\"b\\"},"m":{"M":{"x":{"L":[{"S":"1"},{"BOOL":true}]},"y":{"NULL":true}}},"s":{"SS":["p","q"]}}""")]
    [InlineData("""{"id":{"S":"a\"b\\"},"n":{"N":"12345678901234"},"m":{"M":{"y":{"NULL":true},"x":{"L":[{"S":"1"},{"BOOL":true}]}}},"s":{"SS":["p","q"]}}""")]
    [InlineData("""{"id":{"S":"a\"b\\"},"n":{"N":"12345678901234"},"m":{"M":{"x":{"L":[{"S":"1"},{"BOOL":true}]},"y":{"NULL":true}}},"s":{"SS":["q","p"]}}""")]
    public void The_order_of_attributes_and_of_a_set_does_not_count(string json) => Of(json).ShouldBe(Of(Item));

    [Fact]
    public void Whatever_else_differs_counts()
    {
        string[] items =
        [
            Item,
            "{}",
            """{"id":{"S":""}}""",
            """{"id":{"S":"1"}}""",
            """{"id":{"N":"1"}}""",
            """{"id":{"S":"12345678"}}""",
            """{"id":{"S":"123456780"}}""",
            """{"id":{"S":"1\u0000"}}""",
            """{"1":{"S":"id"}}""",
            """{"id":{"BOOL":true}}""",
            """{"id":{"NULL":true}}""",
            """{"id":{"BOOL":false}}""",
            """{"id":{"L":[]}}""",
            """{"id":{"M":{}}}""",
            """{"id":{"L":[{"S":"a"},{"S":"b"}]}}""",
            """{"id":{"L":[{"S":"b"},{"S":"a"}]}}""",
            """{"id":{"L":[{"L":[{"S":"a"}]},{"S":"b"}]}}""",
            """{"id":{"SS":["a","b"]}}""",
            """{"id":{"NS":["a","b"]}}""",
            """{"a":{"S":"x"},"b":{"S":"y"}}""",
            """{"a":{"S":"y"},"b":{"S":"x"}}""",
            """{"a":{"M":{"b":{"S":"x"}}}}""",
            """{"b":{"M":{"a":{"S":"x"}}}}""",
            """{"SS":{"L":[{"S":"a"},{"S":"b"}]}}""",
            """{"SS":{"L":[{"S":"b"},{"S":"a"}]}}""",
        ];

        var hashes = items.Select(i => Of(i)).Append(Of(Item, table: "U")).Append(Of(Item, verb: 2)).Append(ContributionHash.Refused).ToList();

        hashes.Distinct().Count().ShouldBe(hashes.Count);
    }

    [Fact]
    public void A_hundred_thousand_alike_items_have_hashes_of_their_own()
    {
        var hashes = new HashSet<ulong>();
        for (int i = 0; i < 100_000; i++)
        {
            hashes.Add(Of($$$"""{"id":{"S":"user-{{{i}}}"},"n":{"N":"{{{i % 7}}}"}}"""));
        }

        hashes.Count.ShouldBe(100_000);
        hashes.Select(h => h >> 32).Distinct().Count().ShouldBeGreaterThan(99_990, "each half is well spread too");
    }

    [Fact]
    public void The_order_of_objects_counts()
    {
        ulong ab = ContributionHash.Roll(ContributionHash.Roll(0, 1), 2);
        ulong ba = ContributionHash.Roll(ContributionHash.Roll(0, 2), 1);

        ab.ShouldNotBe(ba);
    }

    private static ulong Of(string json, string table = "T", int verb = 1) =>
        ContributionHash.Of(Encoding.UTF8.GetBytes(table), verb, Encoding.UTF8.GetBytes(json));
}
