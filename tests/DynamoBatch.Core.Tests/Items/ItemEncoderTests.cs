using System;
using System.Collections.Generic;
using System.Data;
using System.IO;
using System.Linq;
using System.Numerics;
using DynamoBatch.Core.Items;
using Shouldly;
using Xunit;
using static DynamoBatch.Core.Tests.Items.ItemTesting;

namespace DynamoBatch.Core.Tests.Items;

public class ItemEncoderTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { "text", """{"S":"text"}""" },
        { "", """{"S":""}""" },
        { "a\"b\\c\n\u0001\u00e9\ud83d\ude00", "{\"S\":\"a\\\"b\\\\c\\n\\u0001\u00e9\ud83d\ude00\"}" },
        { 'c', """{"S":"c"}""" },
        { Guid.Empty, """{"S":"00000000-0000-0000-0000-000000000000"}""" },
        { new Uri("https://example.com/a b"), """{"S":"https://example.com/a b"}""" },
        { new Version(1, 2, 3), """{"S":"1.2.3"}""" },
        { DayOfWeek.Friday, """{"S":"Friday"}""" },
        { 42, """{"N":"42"}""" },
        { (sbyte)-1, """{"N":"-1"}""" },
        { byte.MaxValue, """{"N":"255"}""" },
        { long.MinValue, """{"N":"-9223372036854775808"}""" },
        { ulong.MaxValue, """{"N":"18446744073709551615"}""" },
        { 1.10m, """{"N":"1.1"}""" },
        { 0.1, """{"N":"0.1"}""" },
        { -0.0, """{"N":"0"}""" },
        { 1e20, """{"N":"100000000000000000000"}""" },
        { 0.1f, """{"N":"0.1"}""" },
        { (Half)0.5, """{"N":"0.5"}""" },
        { Int128.One, """{"N":"1"}""" },
        { BigInteger.Pow(10, 40), """{"N":"10000000000000000000000000000000000000000"}""" },
        { NumberText.Parse("1.50"), """{"N":"1.5"}""" },
        { true, """{"BOOL":true}""" },
        { null, """{"NULL":true}""" },
        { DBNull.Value, """{"NULL":true}""" },
        { new DateTime(2026, 11, 20, 10, 15, 0, DateTimeKind.Utc), """{"S":"2026-11-20T10:15:00.0000000Z"}""" },
        { new DateTime(2026, 11, 20, 10, 15, 0, DateTimeKind.Unspecified), """{"S":"2026-11-20T10:15:00.0000000"}""" },
        { new DateTimeOffset(2026, 11, 20, 10, 15, 0, TimeSpan.FromHours(2)), """{"S":"2026-11-20T08:15:00.0000000Z"}""" },
        { new DateOnly(2026, 11, 20), """{"S":"2026-11-20"}""" },
        { new TimeOnly(10, 15), """{"S":"10:15:00.0000000"}""" },
        { new TimeSpan(1, 2, 3), """{"S":"01:02:03"}""" },
        { new byte[] { 1, 2 }, """{"B":"AQI="}""" },
        { new MemoryStream([1, 2]), """{"B":"AQI="}""" },
        { new ReadOnlyMemory<byte>([1, 2]), """{"B":"AQI="}""" },
        { new object?[] { 1, "a", null }, """{"L":[{"N":"1"},{"S":"a"},{"NULL":true}]}""" },
        { new List<int>(), """{"L":[]}""" },
        { new Dictionary<string, object> { ["a"] = 1, ["A"] = 2 }, """{"M":{"a":{"N":"1"},"A":{"N":"2"}}}""" },
        { new Dictionary<int, string> { [7] = "x" }, """{"M":{"7":{"S":"x"}}}""" },
        { new { a = new { b = "" } }, """{"M":{"a":{"M":{"b":{"S":""}}}}}""" },
        { new HashSet<string> { "a", "b" }, """{"SS":["a","b"]}""" },
        { new SortedSet<int> { 2, 1 }, """{"NS":["1","2"]}""" },
        { new HashSet<object> { 1, 1.0, 2m }, """{"NS":["1","2"]}""" },
        { new HashSet<byte[]> { new byte[] { 1 }, new byte[] { 1 } }, """{"BS":["AQ=="]}""" },
        { new HashSet<Guid> { Guid.Empty }, """{"SS":["00000000-0000-0000-0000-000000000000"]}""" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_takes_the_type_of_its_kind(object? value, string json) => Value(value).ShouldBe(json);

    [Fact]
    public void Local_date_becomes_utc()
    {
        var utc = new DateTime(2026, 11, 20, 10, 15, 0, DateTimeKind.Utc);

        Value(utc.ToLocalTime()).ShouldBe(Value(utc));
    }

    [Fact]
    public void Dictionary_by_its_generic_interface_only_is_a_map()
    {
        IDictionary<string, object?> bag = new System.Dynamic.ExpandoObject();
        bag["a"] = 1;

        Value(bag).ShouldBe("""{"M":{"a":{"N":"1"}}}""");
    }

    [Fact]
    public void Data_row_is_its_columns()
    {
        using var table = new DataTable();
        table.Columns.Add("a", typeof(int));
        table.Columns.Add("b", typeof(string));

        Value(table.Rows.Add(1, DBNull.Value)).ShouldBe("""{"M":{"a":{"N":"1"},"b":{"NULL":true}}}""");
    }

    [Fact]
    public void Item_holds_its_attributes_in_order_and_its_key_in_the_schemas()
    {
        var item = Encode(Encoder(Full), ("x", 1), ("n", "01.0"), ("id", "a"));

        Json(item).ShouldBe("""{"x":{"N":"1"},"n":{"N":"1"},"id":{"S":"a"}}""");
        Key(item).ShouldBe("""{"id":{"S":"a"},"n":{"N":"1"}}""");
        item.Size.ShouldBe(1 + 2 + 1 + 2 + 2 + 1);
    }

    [Fact]
    public void Names_that_differ_by_case_are_different_attributes() =>
        Json(Encode(Encoder(), ("id", "1"), ("a", "x"), ("A", "y"))).ShouldBe("""{"id":{"S":"1"},"a":{"S":"x"},"A":{"S":"y"}}""");

    [Fact]
    public void Same_name_twice_is_refused()
    {
        var fault = Fault(Encoder(), ("id", "1"), ("a", "x"), ("a", "y"));

        fault.Kind.ShouldBe(FailureKind.ValueNotSupported);
        fault.Path.ShouldBe("a");
    }

    [Fact]
    public void Empty_name_is_refused() => Fault(Encoder(), ("id", "1"), ("", "x")).Kind.ShouldBe(FailureKind.ValueNotSupported);

    [Fact]
    public void Key_only_passes_over_what_is_not_key_unread()
    {
        var encoder = Encoder(Full);
        encoder.Begin(keyOnly: true);
        encoder.Add(encoder.Plan("bad"), (Action)(() => { }));
        encoder.Add(encoder.Plan("n"), 5);
        encoder.Add(encoder.Plan("id"), "a");
        var item = encoder.Finish();

        Json(item).ShouldBe("""{"id":{"S":"a"},"n":{"N":"5"}}""");
        item.Key.ToArray().ShouldBe(item.Json.ToArray());
    }

    [Fact]
    public void Bare_value_is_the_key_of_a_table_whose_key_is_one_attribute() =>
        Json(Encoder().EncodeBareKey(42)).ShouldBe("""{"id":{"S":"42"}}""");

    [Fact]
    public void Bare_value_is_no_key_where_the_key_has_two_attributes() =>
        Assert.Throws<ItemException>(() => Encoder(Full).EncodeBareKey("a")).Kind.ShouldBe(FailureKind.KeyAttributeMissing);

    [Fact]
    public void Item_after_a_failed_one_is_untouched_by_it()
    {
        var encoder = Encoder();
        Fault(encoder, ("id", "1"), ("v", new object[] { 1, new object[] { double.NaN } }));

        Json(Encode(encoder, ("id", "2"), ("v", new object[] { 1 }))).ShouldBe("""{"id":{"S":"2"},"v":{"L":[{"N":"1"}]}}""");
    }

    [Fact]
    public void Error_knows_the_key_though_it_came_later()
    {
        var fault = Fault(Encoder(Full), ("v", double.NaN), ("n", 1), ("id", "a"));

        fault.Key.ShouldBe("""{"id":{"S":"a"},"n":{"N":"1"}}""");
        fault.Message.ShouldStartWith("Item id='a', n=1: ");
        fault.Message.ShouldContain("'v'");
    }

    [Fact]
    public void Names_without_end_do_not_fill_the_memory()
    {
        var encoder = Encoder();
        foreach (var i in Enumerable.Range(0, 10_000))
        {
            Encode(encoder, ("id", "1"), ($"a{i}", "x"));
        }

        Fault(encoder, ("id", "1"), ("a9999", "x"), ("a9999", "y")).Path.ShouldBe("a9999");
    }
}
