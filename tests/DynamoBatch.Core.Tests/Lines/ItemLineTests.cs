using System;
using System.Text;
using System.Text.Json;
using DynamoBatch.Core.Lines;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Lines;

public class ItemLineTests
{
    [Theory]
    [InlineData("""{"id":{"S":"a"}}""")]
    [InlineData("""{}""")]
    [InlineData("""{"TableName":{"S":"T"},"Verb":{"S":"Put"},"Item":{"S":"x"}}""")]
    [InlineData("""{"Item":{"S":"x"}}""")]
    [InlineData("""{"Item":{"M":{}}}""")]
    [InlineData("""{"Item":{"M":{"id":{"S":"a"}}}}""")]
    [InlineData("""{"Item":{"M":{"M":{"M":{}}}}}""")]
    [InlineData("""{"Item":{"M":{"S":{"S":"a"}}}}""")]
    [InlineData("""{"Item":{"L":[]}}""")]
    [InlineData("""{"Item":{"S":"x"},"Key":{"S":"y"}}""")]
    [InlineData("""{"Key":{"M":{"id":{"S":"a"}}}}""")]
    public void A_typed_value_under_each_name_is_an_item(string line) => Form(line).ShouldBe((LineForm.Item, line));

    [Theory]
    [InlineData("""{"id":{"S":"a"}}""")]
    [InlineData("""{}""")]
    [InlineData("""{"M":{"S":"a"}}""")]
    [InlineData("""{"M":{"M":{}}}""")]
    [InlineData("""{"M":{"M":{"S":{"S":"a"}}}}""")]
    [InlineData("""{"S":{"S":"a"}}""")]
    [InlineData("""{"L":{"L":[]}}""")]
    [InlineData("""{"M":{"S":"a"},"S":{"S":"b"}}""")]
    [InlineData("""{"Item":{"S":"a"}}""")]
    public void An_item_under_Item_alone_is_an_export(string item) => Form($$"""{"Item":{{item}}}""").ShouldBe((LineForm.Export, item));

    [Theory]
    [InlineData("""{"TableName":"T","Verb":"Put","Reason":"R","Message":null,"Item":{"id":{"S":"a"}}}""")]
    [InlineData("""{"Item":{"id":{"S":"a"}},"Message":"m","Reason":"R","TableName":"T","Verb":"Put"}""")]
    [InlineData(""" { "Verb" : "Put" , "TableName" : "T" , "Item" : {"id":{"S":"a"}} , "Later" : [1] } """)]
    public void Text_under_TableName_and_Verb_is_a_failed_line(string line)
    {
        var read = ItemLine.Read(Encoding.UTF8.GetBytes(line));
        read.Form.ShouldBe(LineForm.Failed);
        read.TableName.ShouldBe("T");
        read.Verb.ShouldBe("Put");
        Encoding.UTF8.GetString(read.Item).ShouldBe("""{"id":{"S":"a"}}""");
        read.Key.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_failed_line_may_hold_only_the_key()
    {
        var read = ItemLine.Read("""{"Key":{"id":{"S":"a"}},"Path":"x","TableName":"T","Verb":"Delete"}"""u8);
        read.Item.IsEmpty.ShouldBeTrue();
        Encoding.UTF8.GetString(read.Key).ShouldBe("""{"id":{"S":"a"}}""");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""{"TableName":"T"}""")]
    [InlineData("""{"Item":"a"}""")]
    [InlineData("""{"TableName":"T","Verb":"Put","Item":{"id":{"S":"a"}},"Item":{"id":{"S":"b"}}}""")]
    public void Other_JSON_is_refused(string line) => Should.Throw<FormatException>(() => Form(line));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"Item":{"id":{"S":"a"}}""")]
    [InlineData("""{"TableName":"T","Verb":"Put","Item":{"id":{"S":"a"}}}}""")]
    [InlineData("nope")]
    public void What_is_no_JSON_is_refused(string line) => Should.Throw<JsonException>(() => Form(line));

    private static (LineForm Form, string Item) Form(string line)
    {
        var read = ItemLine.Read(Encoding.UTF8.GetBytes(line));
        return (read.Form, Encoding.UTF8.GetString(read.Item));
    }
}
