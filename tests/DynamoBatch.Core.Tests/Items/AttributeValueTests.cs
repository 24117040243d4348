using System.Collections.Generic;
using System.IO;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Items;
using Shouldly;
using Xunit;
using static DynamoBatch.Core.Tests.Items.ItemTesting;

namespace DynamoBatch.Core.Tests.Items;

public class AttributeValueTests
{
    public static TheoryData<AttributeValue, string> Values => new()
    {
        { new AttributeValue { S = "" }, """{"S":""}""" },
        { new AttributeValue { N = "1.0" }, """{"N":"1"}""" },
        { new AttributeValue { B = new MemoryStream([1]) }, """{"B":"AQ=="}""" },
        { new AttributeValue { BOOL = false }, """{"BOOL":false}""" },
        { new AttributeValue { NULL = true }, """{"NULL":true}""" },
        { new AttributeValue { SS = ["a"] }, """{"SS":["a"]}""" },
        { new AttributeValue { NS = ["1.0", "2"] }, """{"NS":["1","2"]}""" },
        { new AttributeValue { BS = [new MemoryStream([1])] }, """{"BS":["AQ=="]}""" },
        { new AttributeValue { L = [] }, """{"L":[]}""" },
        { new AttributeValue { M = [] }, """{"M":{}}""" },
        { new AttributeValue { M = new Dictionary<string, AttributeValue> { ["a"] = new() { L = [new() { N = "1" }] } } }, """{"M":{"a":{"L":[{"N":"1"}]}}}""" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Attribute_value_keeps_its_type(AttributeValue value, string json) => Value(value).ShouldBe(json);

    [Fact]
    public void Inference_leaves_typed_values_alone()
    {
        Value(new AttributeValue { S = "5" }, new EncodingOptions { InferType = true }).ShouldBe("""{"S":"5"}""");
    }

    [Fact]
    public void Attribute_value_that_holds_nothing_is_refused() => Fault(new AttributeValue()).Kind.ShouldBe(FailureKind.ValueNotSupported);

    [Fact]
    public void Attribute_value_that_holds_two_types_is_refused() => Fault(new AttributeValue { S = "a", N = "1" }).Path.ShouldBe("v");

    [Fact]
    public void Bad_number_in_an_attribute_value_is_refused_by_its_path() =>
        Fault(new AttributeValue { L = [new AttributeValue { N = "x" }] }).Path.ShouldBe("v[0]");
}
