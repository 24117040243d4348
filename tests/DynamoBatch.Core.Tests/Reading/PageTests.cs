using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Reading;

/// <summary>Answers to scans and queries, key conditions, and how a scan is divided.</summary>
public class PageTests
{
    private static readonly TableSchema Schema = new("T", new KeyAttribute("id", KeyType.S), new KeyAttribute("at", KeyType.N), [])
    {
        Indexes = [new IndexSchema("byCity", [new KeyAttribute("city", KeyType.S)], [new KeyAttribute("name", KeyType.S)], true)],
    };

    [Fact]
    public void A_page_is_its_items_and_where_the_next_begins()
    {
        PageReply page = Read("""{"Items":[{"a":{"S":"}"}},{}],"Count":2,"ScannedCount":9,"LastEvaluatedKey":{"id":{"S":"x"}},"ConsumedCapacity":{"CapacityUnits":1.5}}""");

        page.Items.Select(i => Encoding.UTF8.GetString(i.Span)).ShouldBe(["""{"a":{"S":"}"}}""", "{}"]);
        Encoding.UTF8.GetString(page.LastEvaluatedKey!).ShouldBe("""{"id":{"S":"x"}}""");
        (page.Scanned, page.Units).ShouldBe((9, 1.5));
    }

    [Theory]
    [InlineData("""{"Items":[],"Count":0}""")]
    [InlineData("""{"Items":[],"Count":0,"LastEvaluatedKey":{}}""")]
    [InlineData("""{"Items":[],"Count":0,"LastEvaluatedKey":null}""")]
    public void The_last_page_has_no_next_one(string answer) => Read(answer).LastEvaluatedKey.ShouldBeNull();

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Count":0}""")]
    [InlineData("""{"Items":[{}],"Count":2}""")]
    [InlineData("""{"Items":[{}],"Count":1""")]
    [InlineData("""{"Items":["x"],"Count":1}""")]
    [InlineData("[]")]
    public void An_answer_that_lacks_something_is_none(string answer) => Should.Throw<JsonException>(() => Read(answer));

    [Fact]
    public void A_key_condition_has_the_types_of_the_schema()
    {
        var key = new KeyCondition(new PageSource(Schema), 7);
        key.SortKeyBetween("1", 2.50m);

        key.Expression.ShouldBe("#_partitionKey = :_partitionKey AND #_sortKey BETWEEN :_from AND :_to");
        key.Values.Select(v => Encoding.UTF8.GetString(v.Value)).ShouldBe(["""{"S":"7"}""", """{"N":"1"}""", """{"N":"2.5"}"""]);
    }

    [Fact]
    public void An_index_has_a_key_of_its_own()
    {
        var key = new KeyCondition(new PageSource(Schema, "byCity"), "Ulm");
        key.SortKeyBeginsWith("A");

        key.Names.Select(n => n.Value).ShouldBe(["city", "name"]);
        key.Expression.ShouldContain("begins_with(#_sortKey,:_sortKey)");
    }

    [Fact]
    public void A_number_has_no_prefix() =>
        Should.Throw<DdbException>(() => new KeyCondition(new PageSource(Schema), "a").SortKeyBeginsWith(1)).Message.ShouldContain("-SortKeyFrom");

    [Fact]
    public void An_index_that_is_not_there_is_told_with_those_that_are() =>
        Should.Throw<DdbException>(() => new PageSource(Schema, "bycity")).Message.ShouldContain("'byCity'");

    [Theory]
    [InlineData(0, 64, 16)]
    [InlineData(1_000_000, 64, 1)]
    [InlineData(40_000_000, 64, 10)]
    [InlineData(100_000_000_000, 64, 256)]
    [InlineData(100_000_000_000, 1, 4)]
    public void A_scan_is_divided_by_the_size_of_the_table(long bytes, int throttleLimit, int segments) =>
        SegmentPlan.TotalOf(new PageSource(Schema with { ApproximateBytes = bytes }), throttleLimit).ShouldBe(segments);

    private static PageReply Read(string answer) => PageAnswer.Read(Encoding.UTF8.GetBytes(answer));
}
