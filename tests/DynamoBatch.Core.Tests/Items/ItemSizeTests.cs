using System.Collections;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Items;
using Shouldly;
using Xunit;
using static DynamoBatch.Core.Tests.Items.ItemTesting;

namespace DynamoBatch.Core.Tests.Items;

public class ItemSizeTests
{
    private const int KeySize = 3;

    // Expected sizes without the attribute's own name of one byte.
    public static TheoryData<object?, int> Sizes => new()
    {
        { "abc", 3 },
        { "\u00e9\ud83d\ude00", 6 },
        { "\"\n", 2 },
        { new byte[10], 10 },
        { null, 1 },
        { true, 1 },
        { 0, 1 },
        { 5, 2 },
        { 1000, 2 },
        { 123, 3 },
        { -123, 4 },
        { new[] { "ab", "c" }, 3 + 1 + 2 + 1 + 1 },
        { new Dictionary<string, object> { ["key"] = "value" }, 3 + 1 + 3 + 5 },
        { new HashSet<string> { "ab", "c" }, 3 },
        { new HashSet<int> { 1, 123 }, 2 + 3 },
        { new HashSet<byte[]> { new byte[10] }, 10 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Item_is_counted_as_dynamodb_counts(object? value, int size)
    {
        var item = Encode(Encoder(), ("id", "1"), ("v", value));

        item.Size.ShouldBe(KeySize + 1 + size);
        item.MinimumSize.ShouldBeLessThanOrEqualTo(item.Size);
    }

    [Fact]
    public void Longest_number_has_21_bytes() => ItemSize.OfNumber(38, negative: true).ShouldBe(21);

    [Fact]
    public void Largest_item_fits_and_a_byte_more_does_not()
    {
        var room = 409_600 - KeySize - 1;

        Encode(Encoder(), ("id", "1"), ("v", new string('x', room))).Size.ShouldBe(409_600);
        var fault = Fault(Encoder(), ("v", new string('x', room + 1)), ("id", "1"));
        fault.Kind.ShouldBe(FailureKind.ItemTooLarge);
        fault.Key.ShouldBe("""{"id":{"S":"1"}}""");
        fault.Message.ShouldContain("409,601");
        fault.Message.ShouldContain("409,600");
    }

    [Fact]
    public void Only_what_is_too_large_for_certain_is_refused()
    {
        var numbers = Enumerable.Range(0, 60_000).Select(i => (object)123).ToArray(); // 3 + 60,000 x (1 + 3) estimated, x (1 + 1) at least

        var item = Encode(Encoder(), ("id", "1"), ("v", numbers), ("w", numbers));

        item.Size.ShouldBeGreaterThan(409_600);
        item.MinimumSize.ShouldBeLessThanOrEqualTo(409_600);
    }

    [Fact]
    public void Endless_list_is_stopped_at_the_limit()
    {
        var taken = 0;

        var fault = Fault(Encoder(), ("v", Endless()), ("id", "1"));

        fault.Kind.ShouldBe(FailureKind.ItemTooLarge);
        fault.Key.ShouldBe("""{"id":{"S":"1"}}""");
        taken.ShouldBeLessThan(409_600);

        IEnumerable Endless()
        {
            while (true)
            {
                taken++;
                yield return "";
            }
        }
    }
}
