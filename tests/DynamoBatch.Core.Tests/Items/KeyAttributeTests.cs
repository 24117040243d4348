using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;
using static DynamoBatch.Core.Tests.Items.ItemTesting;
using KeyType = DynamoBatch.Core.Tables.KeyType;

namespace DynamoBatch.Core.Tests.Items;

public class KeyAttributeTests
{
    private static readonly TableSchema Binary = new("T", new KeyAttribute("b", KeyType.B), null, []);
    private static readonly TableSchema Numeric = new("T", new KeyAttribute("n", KeyType.N), null, []);

    public static TheoryData<object?> BadTextKeys => new() { null, DBNull.Value, "", true, new byte[] { 1 }, new[] { "a" }, new string('x', 2049), "\ud800" };

    public static TheoryData<object?> BadNumberKeys => new() { null, "", "abc", "1e126", double.NaN, true, DateTime.UnixEpoch, DayOfWeek.Friday, " 1" };

    public static TheoryData<object?> BadBinaryKeys => new() { null, "", "not base64!", Array.Empty<byte>(), new byte[2049], 5 };

    [Theory]
    [MemberData(nameof(BadTextKeys))]
    public void Bad_text_key_is_refused(object? key) => Refused(Encoder(), "id", key);

    [Theory]
    [MemberData(nameof(BadNumberKeys))]
    public void Bad_number_key_is_refused(object? key) => Refused(Encoder(Numeric), "n", key);

    [Theory]
    [MemberData(nameof(BadBinaryKeys))]
    public void Bad_binary_key_is_refused(object? key) => Refused(Encoder(Binary), "b", key);

    [Fact]
    public void Longest_keys_fit()
    {
        var schema = new TableSchema("T", new KeyAttribute("p", KeyType.S), new KeyAttribute("s", KeyType.S), []);

        Encode(Encoder(schema), ("p", new string('x', 2048)), ("s", new string('\u00e9', 512))).Size.ShouldBe(2 + 2048 + 1024);
        Fault(Encoder(schema), ("p", "x"), ("s", new string('\u00e9', 513))).Kind.ShouldBe(FailureKind.KeyAttributeInvalid);
    }

    [Fact]
    public void Keys_take_the_type_of_the_schema()
    {
        Json(Encode(Encoder(), ("id", 42))).ShouldBe("""{"id":{"S":"42"}}""");
        Json(Encode(Encoder(), ("id", 1.5m))).ShouldBe("""{"id":{"S":"1.5"}}""");
        Json(Encode(Encoder(Numeric), ("n", "42"))).ShouldBe("""{"n":{"N":"42"}}""");
        Json(Encode(Encoder(Binary), ("b", "AQI="))).ShouldBe("""{"b":{"B":"AQI="}}""");
        Json(Encode(Encoder(Binary), ("b", new MemoryStream([1, 2])))).ShouldBe("""{"b":{"B":"AQI="}}""");
        Json(Encode(Encoder(Numeric), ("n", new AttributeValue { N = "4.20" }))).ShouldBe("""{"n":{"N":"4.2"}}""");
    }

    [Fact]
    public void Missing_key_is_named()
    {
        var fault = Fault(Encoder(Full), ("id", "a"), ("x", 1));

        fault.Kind.ShouldBe(FailureKind.KeyAttributeMissing);
        fault.Path.ShouldBe("n");
        fault.Key.ShouldBe("""{"id":{"S":"a"}}""");
    }

    [Fact]
    public void Key_in_another_case_is_hinted_at() =>
        Fault(Encoder(), ("ID", "a")).Message.ShouldContain("object has 'ID', the key is 'id'; case matters");

    [Fact]
    public void Index_keys_may_be_absent_but_not_bad()
    {
        Json(Encode(Encoder(Full), ("id", "a"), ("n", 1), ("age", "7"))).ShouldBe("""{"id":{"S":"a"},"n":{"N":"1"},"age":{"N":"7"}}""");
        foreach (var bad in new object?[] { null, "", true })
        {
            var fault = Fault(Encoder(Full), ("id", "a"), ("n", 1), ("mail", bad));
            fault.Kind.ShouldBe(FailureKind.KeyAttributeInvalid);
            fault.Path.ShouldBe("mail");
        }
    }

    [Fact]
    public void Empty_index_key_points_to_omit_which_helps()
    {
        Fault(Encoder(Full), ("id", "a"), ("n", 1), ("age", "")).Message.ShouldContain("-EmptyString Omit");

        var omit = new EncodingOptions { EmptyString = EmptyStringHandling.Omit };
        Json(Encode(Encoder(Full, omit), ("id", "a"), ("n", 1), ("age", ""))).ShouldBe("""{"id":{"S":"a"},"n":{"N":"1"}}""");
    }

    [Fact]
    public void Date_as_a_number_key_needs_epoch()
    {
        Fault(Encoder(Numeric), ("n", DateTime.UnixEpoch)).Message.ShouldContain("Epoch");
        Json(Encode(Encoder(Numeric, Types(("n", AttributeType.Epoch))), ("n", "1970-01-02"))).ShouldBe("""{"n":{"N":"86400"}}""");
    }

    [Fact]
    public void Keys_are_the_same_bytes_exactly_if_they_are_equal()
    {
        var encoder = Encoder(Numeric);
        string Of(string number) => Key(Encode(encoder, ("n", number)));

        Prop.ForAll(NumberTextTests.Numbers().ToArbitrary(), NumberTextTests.Numbers().ToArbitrary(), (a, b) =>
            (Of(a.Text) == Of(b.Text)) == (a.Scaled == b.Scaled)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Key_read_back_is_the_key_sent()
    {
        var reader = new KeyReader(Full);
        var item = Encode(Encoder(Full), ("x", new[] { 1 }), ("n", 12.5), ("id", "a\"b"));
        var values = new Dictionary<string, AttributeValue> { ["n"] = new() { N = "1.25E1" }, ["id"] = new() { S = "a\"b" } };

        reader.Read(item.Json.Span).ShouldBe(item.Key.ToArray());
        reader.Read(item.Key.Span).ShouldBe(item.Key.ToArray());
        reader.Read(values).ShouldBe(item.Key.ToArray());
        reader.Read([("n", KeyType.N, "012.50"), ("id", KeyType.S, "a\"b")]).ShouldBe(item.Key.ToArray());
        reader.Read("""{"n":{"N":"12.500"},"m":{"M":{"id":{"S":"no"}}},"id":{"S":"a\u0022b"}}"""u8).ShouldBe(item.Key.ToArray());
    }

    [Fact]
    public void Binary_key_read_back_is_the_key_sent()
    {
        var reader = new KeyReader(Binary);
        var item = Encode(Encoder(Binary), ("b", new byte[] { 255, 254, 253 }));

        reader.Read(item.Json.Span).ShouldBe(item.Key.ToArray());
        reader.Read(new Dictionary<string, AttributeValue> { ["b"] = new() { B = new MemoryStream([255, 254, 253]) } }).ShouldBe(item.Key.ToArray());
    }

    private static void Refused(ItemEncoder encoder, string name, object? key)
    {
        var fault = Fault(encoder, (name, key));

        fault.Kind.ShouldBe(key is "\ud800" ? FailureKind.ValueNotSupported : FailureKind.KeyAttributeInvalid);
        fault.Path.ShouldBe(name);
        fault.Key.ShouldBeNull();
    }
}
