using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Numerics;
using System.Security;
using System.Text.Json;
using System.Threading.Tasks;
using DynamoBatch.Core.Items;
using Shouldly;
using Xunit;
using static DynamoBatch.Core.Tests.Items.ItemTesting;

namespace DynamoBatch.Core.Tests.Items;

public class BadValueTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { double.NaN, "v" },
        { double.PositiveInfinity, "v" },
        { float.NegativeInfinity, "v" },
        { double.MaxValue, "v" },
        { double.Epsilon, "v" },
        { BigInteger.Pow(10, 126), "v" },
        { BigInteger.Pow(10, 39) + 1, "v" },
        { Int128.MaxValue, "v" },
        { "\ud800", "v" },
        { '\udc00', "v" },
        { new object[] { "a", "\ud800x" }, "v[1]" },
        { new Dictionary<string, object> { ["a"] = new[] { 1, double.NaN } }, "v.a[1]" },
        { new { lines = new object[] { 1, 2, 3, new { x = (Action)(() => { }) } } }, "v.lines[3].x" },
        { new Hashtable { ["a\ud800"] = 1 }, "v.a\ud800" },
        { new Hashtable { [1] = 1, ["1"] = 1 }, "v.1" },
        { new HashSet<string>(), "v" },
        { new HashSet<object> { 1, "a" }, "v[1]" },
        { new HashSet<object> { "a", 1 }, "v[1]" },
        { new HashSet<object?> { null }, "v[0]" },
        { new HashSet<bool> { true }, "v[0]" },
        { new HashSet<double> { double.NaN }, "v" },
        { new SecureString(), "v" },
        { typeof(string), "v" },
        { Stream.Null, "v" },
        { Task.CompletedTask, "v" },
        { new object(), "v" },
        { IntPtr.Zero, "v" },
        { JsonDocument.Parse("{}").RootElement, "v" },
        { new Throwing(), "v.Bad" },
        { Failing(), "v[1]" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_without_a_form_is_refused_by_its_path(object? value, string path)
    {
        var fault = Fault(value);

        fault.Kind.ShouldBe(FailureKind.ValueNotSupported);
        fault.Path.ShouldBe(path);
        fault.Key.ShouldBe("""{"id":{"S":"1"}}""");
        fault.Message.ShouldContain($"'{path}'");
    }

    [Fact]
    public void Cycle_is_refused_where_it_closes()
    {
        var list = new List<object>();
        list.Add(new Dictionary<string, object> { ["self"] = list });

        var fault = Fault(list);

        fault.Path.ShouldBe("v[0].self");
        fault.Message.ShouldContain("contains itself");
    }

    [Fact]
    public void Same_object_twice_is_no_cycle()
    {
        var shared = new[] { 1 };

        Value(new[] { shared, shared }).ShouldBe("""{"L":[{"L":[{"N":"1"}]},{"L":[{"N":"1"}]}]}""");
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void Nesting_ends_at_32_levels(int levels, bool fits)
    {
        object value = "x";
        for (var i = 0; i < levels; i++)
        {
            value = new[] { value };
        }

        if (fits)
        {
            Value(value).ShouldContain("\"x\"");
        }
        else
        {
            Fault(value).Kind.ShouldBe(FailureKind.ValueNotSupported);
        }
    }

    [Fact]
    public void Endless_object_graph_is_refused() => Fault(new Deeper()).Kind.ShouldBe(FailureKind.ValueNotSupported);

    [Fact]
    public void Error_tells_no_item_content() => Fault("secret", Types(("v", AttributeType.N))).Message.ShouldNotContain("secret");

    private static IEnumerable Failing()
    {
        yield return 1;
        throw new InvalidOperationException("no more");
    }

    private sealed class Throwing
    {
        public int Good { get; } = 1;

        public int Bad => Good == 1 ? throw new InvalidOperationException("broken") : 0;
    }

    private sealed class Deeper(int depth = 0)
    {
        public Deeper Next => new(depth + 1);
    }
}
