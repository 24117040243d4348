using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using DynamoBatch.Core.Items;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Items;

public class MapShapeTests
{
    private readonly MapShapes _shapes = new(name => name == "reserved");

    [Fact]
    public void Keeps_names_in_order() => Read("b", "a", "é", "\"\\").Names.ShouldBe(["b", "a", "é", "\"\\"]);

    [Fact]
    public void The_same_names_in_the_same_order_are_the_same_shape() => Read("a", "b").ShouldBeSameAs(Read("a", "b"));

    [Fact]
    public void Shapes_that_part_are_both_kept()
    {
        var first = Read("id", "a", "z");
        var second = Read("id", "b", "z");
        var third = Read("id", "c", "z");
        second.Names.ShouldBe(["id", "b", "z"]);
        third.Names.ShouldBe(["id", "c", "z"]);
        Read("id", "a", "z").ShouldBeSameAs(first);
        Read("id", "c", "z").ShouldBeSameAs(third);
        Read("id", "b", "z").ShouldBeSameAs(second);
    }

    [Fact]
    public void A_name_that_was_escaped_is_the_same_name()
    {
        var plain = Read("id");
        var reader = new Utf8JsonReader("{\"\\u0069d\":1}"u8);
        reader.Read();
        reader.Read();
        _shapes.Next(_shapes.Root, ref reader).ShouldBeSameAs(plain);
    }

    [Theory]
    [InlineData(true, "id", "name")]
    [InlineData(false, "id", "ID")]
    [InlineData(false, "id", "id")]
    [InlineData(false, "id", "")]
    [InlineData(false, "reserved")]
    [InlineData(false, "id", "Id", "name")]
    [InlineData(false, "É", "é")]
    public void Is_plain_where_no_name_is_in_the_way_of_another(bool plain, params string[] names) => Read(names).IsPlain.ShouldBe(plain);

    [Fact]
    public void A_collision_in_one_shape_leaves_its_sister_plain()
    {
        Read("id", "ID").IsPlain.ShouldBeFalse();
        Read("id", "x", "ID").IsPlain.ShouldBeFalse();
        Read("id", "x", "y").IsPlain.ShouldBeTrue();
        Read("id").IsPlain.ShouldBeTrue();
    }

    [Fact]
    public void Names_that_never_repeat_are_forgotten()
    {
        var first = Read("id");
        for (var i = 0; i < 10_000; i++)
        {
            Read("id", FormattableString.Invariant($"name{i}"));
        }

        Read("id").ShouldNotBeSameAs(first);
    }

    [Fact]
    public void A_map_of_many_names_is_read()
    {
        var names = Enumerable.Range(0, 20_000).Select(i => FormattableString.Invariant($"name{i}")).ToArray();
        var shape = Read(names);
        shape.IsPlain.ShouldBeTrue();
        shape.Names.ShouldBe(names);
    }

    private MapShape Read(params string[] names)
    {
        var json = "{" + string.Join(",", names.Select(n => JsonSerializer.Serialize(n) + ":1")) + "}";
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        _shapes.NextItem();
        var shape = _shapes.Root;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            shape = _shapes.Next(shape, ref reader);
            reader.Read();
        }

        return shape;
    }
}
