using System.Linq;
using System.Text;
using DynamoBatch.Core.Restoring.Changes;
using DynamoBatch.Core.Tables;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Restoring;

public class ChangePlanTests
{
    private static readonly TableSchema Schema = new("Users", new KeyAttribute("id", KeyType.S), null, []);

    [Fact]
    public void What_is_as_the_damage_left_it_is_changed_and_nothing_else()
    {
        ChangePlan plan = Plan(seen: "a=2 b=1 c=1", wanted: "a=1 c=1 d=1", present: "a=2 b=1 c=9 e=9");

        plan.Kind.ShouldBe(ChangeKind.Update);
        plan.Attributes.ShouldBe(["a", "b", "d"]);
        plan.IsConflict.ShouldBeFalse();
    }

    [Fact]
    public void An_attribute_that_was_written_since_stands_and_is_a_conflict()
    {
        ChangePlan plan = Plan(seen: "a=2 b=2", wanted: "a=1 b=1", present: "a=2 b=3");

        plan.Attributes.ShouldBe(["a"]);
        plan.Conflicts.ShouldBe(["b"]);
    }

    [Fact]
    public void An_attribute_that_was_removed_since_is_a_conflict()
    {
        ChangePlan plan = Plan(seen: "a=2", wanted: "a=1", present: "z=1");

        plan.Kind.ShouldBeNull();
        plan.Conflicts.ShouldBe(["a"]);
    }

    [Theory]
    [InlineData("a=2 b=1", "a=1 b=1", "a=1 b=7")]
    [InlineData("a=2", "a=1", "a=1.0")]
    [InlineData(null, "a=1", "a=1")]
    [InlineData("a=1", null, null)]
    public void What_is_as_wanted_already_is_done(string? seen, string? wanted, string? present) => Plan(seen, wanted, present).IsDone.ShouldBeTrue();

    [Fact]
    public void What_vanished_is_put_where_it_still_is_absent() => Plan(null, "a=1", null).Kind.ShouldBe(ChangeKind.Put);

    [Fact]
    public void What_vanished_and_was_written_anew_stands()
    {
        ChangePlan plan = Plan(null, "a=1 b=1", "a=1 c=1");

        plan.Kind.ShouldBeNull();
        plan.IsConflict.ShouldBeTrue();
        plan.Conflicts.ShouldBe(["b", "c"]);
    }

    [Fact]
    public void What_was_added_is_deleted_where_it_is_unchanged() => Plan("a=1 b=2", null, "b=2.00 a=1").Kind.ShouldBe(ChangeKind.Delete);

    [Theory]
    [InlineData("a=1 b=3", "b")]
    [InlineData("a=1 b=2 c=1", "c")]
    [InlineData("a=1", "b")]
    public void What_was_added_and_written_since_stands(string present, string conflict)
    {
        ChangePlan plan = Plan("a=1 b=2", null, present);

        plan.Kind.ShouldBeNull();
        plan.Conflicts.ShouldBe([conflict]);
    }

    [Fact]
    public void What_was_deleted_since_is_not_brought_back_by_an_update()
    {
        ChangePlan plan = Plan("a=2", "a=1", null);

        plan.Kind.ShouldBeNull();
        plan.IsConflict.ShouldBeTrue();
        plan.Conflicts.ShouldBeEmpty();
    }

    private static ChangePlan Plan(string? seen, string? wanted, string? present) => ChangePlan.Create(Image(seen), Image(wanted), Image(present));

    private static ItemImage Image(string? attributes) => new(
        attributes is null
            ? default
            : Encoding.UTF8.GetBytes("{\"id\":{\"S\":\"k\"}" + string.Concat(attributes.Split(' ').Select(a => a.Split('=')).Select(a => $",\"{a[0]}\":{{\"N\":\"{a[1]}\"}}")) + "}"),
        Schema);
}
