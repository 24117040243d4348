using DynamoBatch.Core.Items;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Items;

public class TablelessItemTests
{
    private readonly ItemEncoder _encoder = new(schema: null);

    [Fact]
    public void An_item_for_no_table_has_no_key()
    {
        var item = ItemTesting.Encode(_encoder, ("a", 1), ("b", "x"));
        ItemTesting.Json(item).ShouldBe("""{"a":{"N":"1"},"b":{"S":"x"}}""");
        item.Key.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void It_may_be_empty() => ItemTesting.Json(ItemTesting.Encode(_encoder)).ShouldBe("{}");

    [Fact]
    public void What_is_wrong_with_it_is_said_without_a_key() =>
        ItemTesting.Fault(_encoder, ("a", double.NaN)).Message.ShouldStartWith("attribute 'a' is not a finite number");

    [Fact]
    public void It_has_the_limits_of_any_item() =>
        ItemTesting.Fault(_encoder, ("a", new string('x', 500_000))).Kind.ShouldBe(FailureKind.ItemTooLarge);
}
