using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Items;
using Shouldly;
using Xunit;
using static DynamoBatch.Core.Tests.Items.ItemTesting;

namespace DynamoBatch.Core.Tests.Items;

public class EncodingOptionTests
{
    private static readonly string ManyDigits = new('1', 39);

    public static TheoryData<string> StaysText => new()
    {
        "007", "1e999", "+1", "1.", ".5", "-", "True", "nullx", " 1", "1 ", ManyDigits, "{", "{}x", "[1,]", "{\"a\":1,\"a\":2}", "[" + ManyDigits + "]",
        "[\"\\ud800\"]", "{foo}", string.Concat(Enumerable.Repeat("[", 33)) + string.Concat(Enumerable.Repeat("]", 33)),
    };

    [Theory]
    [InlineData("N", "1.50", """{"N":"1.5"}""")]
    [InlineData("S", "1.50", """{"S":"1.50"}""")]
    [InlineData("B", "AQI=", """{"B":"AQI="}""")]
    [InlineData("BOOL", "True", """{"BOOL":true}""")]
    [InlineData("NULL", "", """{"NULL":true}""")]
    [InlineData("SS", "a;b;a", """{"SS":["a","b"]}""")]
    [InlineData("NS", "1;1.0;2", """{"NS":["1","2"]}""")]
    [InlineData("BS", "AQ==;Ag==", """{"BS":["AQ==","Ag=="]}""")]
    [InlineData("M", """{"a":[1.0,{"b":null}],"c":true}""", """{"M":{"a":{"L":[{"N":"1"},{"M":{"b":{"NULL":true}}}]},"c":{"BOOL":true}}}""")]
    [InlineData("L", "[]", """{"L":[]}""")]
    [InlineData("Epoch", "1970-01-01T00:01:00Z", """{"N":"60"}""")]
    [InlineData("epoch", "1970-01-02", """{"N":"86400"}""")]
    [InlineData("Epoch", "1970-01-01T02:00:00+02:00", """{"N":"0"}""")]
    public void Declared_text_is_converted(string type, string text, string json) =>
        Value(text, Types(("v", AttributeTypeMap.ParseType(type)))).ShouldBe(json);

    [Theory]
    [InlineData("N", "abc")]
    [InlineData("N", "1e999")]
    [InlineData("B", "%%%")]
    [InlineData("BOOL", "yes")]
    [InlineData("NULL", "x")]
    [InlineData("NS", "1;x")]
    [InlineData("NS", "1;;2")]
    [InlineData("BS", "AQ==;%")]
    [InlineData("M", "[]")]
    [InlineData("M", """{"a":1""")]
    [InlineData("L", "{}")]
    [InlineData("Epoch", "03/04/2026")]
    [InlineData("Epoch", "2026-13-01")]
    [InlineData("N", "")]
    [InlineData("SS", "")]
    [InlineData("M", "")]
    public void Declared_text_that_does_not_fit_is_refused(string type, string text)
    {
        var fault = Fault(text, Types(("v", AttributeTypeMap.ParseType(type))));

        fault.Kind.ShouldBe(FailureKind.ValueNotSupported);
        fault.Path.ShouldBe("v");
        if (text.Length == 0)
        {
            fault.Message.ShouldContain("-EmptyString Omit");
        }
    }

    [Fact]
    public void Declared_type_applies_to_values_that_have_its_form()
    {
        Value(42, Types(("v", AttributeType.S))).ShouldBe("""{"S":"42"}""");
        Value(new[] { "a", "b" }, Types(("v", AttributeType.SS))).ShouldBe("""{"SS":["a","b"]}""");
        Value(5, Types(("v", AttributeType.NS))).ShouldBe("""{"NS":["5"]}""");
        Value(DateTime.UnixEpoch, Types(("v", AttributeType.Epoch))).ShouldBe("""{"N":"0"}""");
        Value(null, Types(("v", AttributeType.N))).ShouldBe("""{"NULL":true}""");
        Fault(true, Types(("v", AttributeType.N))).Kind.ShouldBe(FailureKind.ValueNotSupported);
        Fault(Array.Empty<int>(), Types(("v", AttributeType.NS))).Kind.ShouldBe(FailureKind.ValueNotSupported);
    }

    [Fact]
    public void Unknown_type_is_an_error_that_lists_the_types()
    {
        var error = Assert.Throws<ArgumentException>(() => AttributeTypeMap.Parse(new Hashtable { ["a"] = "Number" }));

        error.Message.ShouldContain("S, N, B, BOOL, NULL, SS, NS, BS, M, L, Epoch");
    }

    [Theory]
    [InlineData("0", """{"N":"0"}""")]
    [InlineData("-1.5e3", """{"N":"-1500"}""")]
    [InlineData("true", """{"BOOL":true}""")]
    [InlineData("null", """{"NULL":true}""")]
    [InlineData("""{"a":1}""", """{"M":{"a":{"N":"1"}}}""")]
    [InlineData("[1]", """{"L":[{"N":"1"}]}""")]
    public void Inferred_text_becomes_what_it_says(string text, string json) => Value(text, new EncodingOptions { InferType = true }).ShouldBe(json);

    [Theory]
    [MemberData(nameof(StaysText))]
    public void Text_that_is_not_exactly_json_stays_text(string text) =>
        ItemReader.Read(Encode(Encoder(options: new EncodingOptions { InferType = true }), ("id", "1"), ("v", text)).Json.Span)["v"].ShouldBe(text);

    [Fact]
    public void Inference_spares_keys_and_nested_text()
    {
        var item = Encode(Encoder(Full, new EncodingOptions { InferType = true }), ("id", "1"), ("n", "2"), ("mail", "3"), ("v", new[] { "4" }));

        Json(item).ShouldBe("""{"id":{"S":"1"},"n":{"N":"2"},"mail":{"S":"3"},"v":{"L":[{"S":"4"}]}}""");
    }

    [Theory]
    [InlineData(EmptyStringHandling.Keep, """{"id":{"S":"1"},"v":{"S":""},"l":{"L":[{"S":""}]}}""")]
    [InlineData(EmptyStringHandling.Null, """{"id":{"S":"1"},"v":{"NULL":true},"l":{"L":[{"S":""}]}}""")]
    [InlineData(EmptyStringHandling.Omit, """{"id":{"S":"1"},"l":{"L":[{"S":""}]}}""")]
    public void Empty_text_follows_the_option_at_top_level_only(EmptyStringHandling handling, string json) =>
        Json(Encode(Encoder(options: new EncodingOptions { EmptyString = handling }), ("id", "1"), ("v", ""), ("l", new[] { "" }))).ShouldBe(json);

    [Fact]
    public void Date_in_the_ttl_attribute_is_seconds_but_nowhere_else()
    {
        var asked = 0;
        var encoder = Encoder(options: new EncodingOptions { TtlAttribute = () => { asked++; return "ttl"; } });
        Encode(encoder, ("id", "1"), ("v", "x"), ("l", new[] { DateTime.UnixEpoch }));
        asked.ShouldBe(0);

        var item = Encode(encoder, ("id", "1"), ("ttl", DateTime.UnixEpoch.AddMinutes(1)), ("at", DateTime.UnixEpoch));

        Json(item).ShouldBe("""{"id":{"S":"1"},"ttl":{"N":"60"},"at":{"S":"1970-01-01T00:00:00.0000000Z"}}""");
        asked.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Text_in_the_ttl_attribute_is_warned_of_once(bool textFirst)
    {
        var warnings = new List<string>();
        var encoder = Encoder(options: new EncodingOptions { TtlAttribute = () => "ttl", Warn = warnings.Add });
        (string, object?) text = ("ttl", "2026-01-01"), date = ("at", DateTime.UnixEpoch);

        Encode(encoder, ("id", "1"), textFirst ? text : date);
        Encode(encoder, ("id", "1"), textFirst ? date : text);
        Encode(encoder, ("id", "1"), text);

        warnings.ShouldHaveSingleItem().ShouldContain("'ttl'");
    }
}
