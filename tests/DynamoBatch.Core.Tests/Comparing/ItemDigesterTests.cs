using System;
using System.Linq;
using System.Text;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Tables;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Comparing;

public class ItemDigesterTests
{
    private static readonly TableSchema Schema = new("T", new KeyAttribute("id", KeyType.S), new KeyAttribute("n", KeyType.N), []);

    [Theory]
    [InlineData("""{"a":{"N":"1"},"b":{"N":"2"}}""", """{"b":{"N":"2"},"a":{"N":"1"}}""")]
    [InlineData("""{"a":{"N":"1"}}""", """{"a":{"N":"1.0"}}""")]
    [InlineData("""{"a":{"N":"1500"}}""", """{"a":{"N":"1.5E+3"}}""")]
    [InlineData("""{"a":{"N":"0"}}""", """{"a":{"N":"-0.00"}}""")]
    [InlineData("""{"a":{"SS":["x","y"]}}""", """{"a":{"SS":["y","x"]}}""")]
    [InlineData("""{"a":{"NS":["1","2"]}}""", """{"a":{"NS":["2.0","1e0"]}}""")]
    [InlineData("""{"a":{"BS":["AQ==","AQI="]}}""", """{"a":{"BS":["AQI=","AQ=="]}}""")]
    [InlineData("""{"a":{"S":"é/\""}}""", """{"\u0061":{"S":"\u00e9\/\u0022"}}""")]
    [InlineData("""{"a":{"M":{"x":{"N":"1"},"y":{"L":[{"M":{"p":{"S":""},"q":{"NULL":true}}}]}}}}""", """{"a":{"M":{"y":{"L":[{"M":{"q":{"NULL":true},"p":{"S":""}}}]},"x":{"N":"1.0"}}}}""")]
    [InlineData("""{ "a" : { "BOOL" : true } }""", """{"a":{"BOOL":true}}""")]
    public void Spelling_and_order_make_no_difference(string left, string right) => Digest(left).ShouldBe(Digest(right));

    [Theory]
    [InlineData("""{"a":{"N":"1"}}""", """{"a":{"S":"1"}}""")]
    [InlineData("""{"a":{"N":"1"}}""", """{"a":{"N":"-1"}}""")]
    [InlineData("""{"a":{"S":"1.0"}}""", """{"a":{"S":"1"}}""")]
    [InlineData("""{"a":{"S":"x"}}""", """{"b":{"S":"x"}}""")]
    [InlineData("""{"a":{"S":"x"}}""", """{"A":{"S":"x"}}""")]
    [InlineData("""{"a":{"S":"x"}}""", """{"a":{"S":"x"},"b":{"NULL":true}}""")]
    [InlineData("""{"a":{"S":""}}""", """{"a":{"NULL":true}}""")]
    [InlineData("""{"a":{"BOOL":true}}""", """{"a":{"BOOL":false}}""")]
    [InlineData("""{"a":{"L":[{"S":"x"},{"S":"y"}]}}""", """{"a":{"L":[{"S":"y"},{"S":"x"}]}}""")]
    [InlineData("""{"a":{"L":[]}}""", """{"a":{"M":{}}}""")]
    [InlineData("""{"a":{"L":[{"L":[]},{"S":"x"}]}}""", """{"a":{"L":[{"L":[{"S":"x"}]}]}}""")]
    [InlineData("""{"a":{"SS":["x"]}}""", """{"a":{"L":[{"S":"x"}]}}""")]
    [InlineData("""{"a":{"SS":["1"]}}""", """{"a":{"NS":["1"]}}""")]
    [InlineData("""{"a":{"S":"xb"}}""", """{"a":{"S":"x"},"b":{"S":""}}""")]
    [InlineData("""{"a":{"M":{"x":{"M":{}},"y":{"S":"1"}}}}""", """{"a":{"M":{"x":{"M":{"y":{"S":"1"}}}}}}""")]
    public void What_is_another_item_has_another_digest(string left, string right) => Digest(left).ShouldNotBe(Digest(right));

    [Fact]
    public void Only_the_attributes_that_are_compared_count()
    {
        Digest("""{"id":{"S":"a"},"v":{"N":"1"},"w":{"N":"1"}}""", "v").ShouldBe(Digest("""{"v":{"N":"1.0"},"w":{"N":"2"},"x":{"S":""}}""", "v"));
        Digest("""{"v":{"N":"1"}}""", "v").ShouldNotBe(Digest("""{"v":{"N":"2"}}""", "v"));
        Digest("""{"w":{"N":"1"}}""", "v").ShouldNotBe(Digest("""{"v":{"N":"1"}}""", "v"));
    }

    [Fact]
    public void The_key_is_the_canonical_one()
    {
        ScannedItem item = new ItemDigester(Schema, null, new AttributeNames()).Read(Utf8("""{"x":{"S":"1"},"n":{"N":"1E1"},"id":{"S":"\u0061"}}"""));

        Encoding.UTF8.GetString(item.Key).ShouldBe("""{"id":{"S":"a"},"n":{"N":"10"}}""");
    }

    [Fact]
    public void Large_items_and_large_sets_are_digested_too()
    {
        string[] members = Enumerable.Range(0, 5000).Select(i => FormattableString.Invariant($"\"member {i}\"")).ToArray();
        string text = new('é', 100_000);

        Digest($$$"""{"s":{"SS":[{{{string.Join(",", members)}}}]},"t":{"S":"{{{text}}}"}}""")
            .ShouldBe(Digest($$$"""{"t":{"S":"{{{text}}}"},"s":{"SS":[{{{string.Join(",", members.Reverse())}}}]}}"""));
    }

    [Fact]
    public void All_names_that_are_met_are_kept_up_to_a_limit()
    {
        var names = new AttributeNames();
        var digester = new ItemDigester(Schema, ["v"], names);
        for (int i = 0; i < AttributeNames.Limit; i++)
        {
            digester.Digest(Utf8($$$"""{"a{{{i}}}":{"N":"1"}}"""));
        }

        names.IsCapped.ShouldBeFalse();
        digester.Digest(Utf8("""{"a1":{"N":"1"},"one more":{"N":"1"}}"""));
        names.IsCapped.ShouldBeTrue();
        names.ToList().Count.ShouldBe(AttributeNames.Limit);
    }

    private static ItemDigest Digest(string item, params string[] compared) =>
        new ItemDigester(Schema, compared.Length == 0 ? null : [.. compared], new AttributeNames()).Digest(Utf8(item));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
