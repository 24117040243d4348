using System;
using System.Globalization;
using System.Numerics;
using DynamoBatch.Core.Items;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Items;

public class NumberTextTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("1e0", "1")]
    [InlineData("001", "1")]
    [InlineData("+1", "1")]
    [InlineData("-0", "0")]
    [InlineData("0e999", "0")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("-12.50", "-12.5")]
    [InlineData("100", "100")]
    [InlineData("1E+3", "1000")]
    [InlineData("12.5e-3", "0.0125")]
    [InlineData("10.01", "10.01")]
    [InlineData("0.00100", "0.001")]
    [InlineData("12345678901234567890123456789012345678", "12345678901234567890123456789012345678")]
    [InlineData("1234567890123456789012345678901234567800", "1234567890123456789012345678901234567800")]
    public void Has_one_spelling(string text, string canonical) => NumberText.Parse(text).Text.ShouldBe(canonical);

    [Theory]
    [InlineData("", NumberStatus.NotANumber)]
    [InlineData("-", NumberStatus.NotANumber)]
    [InlineData(".", NumberStatus.NotANumber)]
    [InlineData("1e", NumberStatus.NotANumber)]
    [InlineData("1e+", NumberStatus.NotANumber)]
    [InlineData("1.2.3", NumberStatus.NotANumber)]
    [InlineData(" 1", NumberStatus.NotANumber)]
    [InlineData("1,5", NumberStatus.NotANumber)]
    [InlineData("NaN", NumberStatus.NotANumber)]
    [InlineData("0x10", NumberStatus.NotANumber)]
    [InlineData("٣", NumberStatus.NotANumber)]
    [InlineData("123456789012345678901234567890123456789", NumberStatus.TooPrecise)]
    [InlineData("1.00000000000000000000000000000000000001", NumberStatus.TooPrecise)]
    [InlineData("1e126", NumberStatus.OutOfRange)]
    [InlineData("9.99e-131", NumberStatus.OutOfRange)]
    [InlineData("1e99999999999999999999", NumberStatus.OutOfRange)]
    [InlineData("9.9999999999999999999999999999999999999e125", NumberStatus.Valid)]
    [InlineData("-1E-130", NumberStatus.Valid)]
    public void Keeps_the_limits(string text, NumberStatus status) => NumberText.TryParse(text, out _).ShouldBe(status);

    [Fact]
    public void Default_is_zero() => default(NumberText).ShouldBe(NumberText.Parse("0.0"));

    [Fact]
    public void Compares_as_numbers_do() => Prop.ForAll(Numbers().ToArbitrary(), Numbers().ToArbitrary(), (a, b) =>
        Math.Sign(NumberText.Parse(a.Text).CompareTo(NumberText.Parse(b.Text))) == a.Scaled.CompareTo(b.Scaled))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_numbers_are_spelled_alike_and_others_are_not() => Prop.ForAll(Numbers().ToArbitrary(), Numbers().ToArbitrary(), (a, b) =>
        (NumberText.Parse(a.Text).Text == NumberText.Parse(b.Text).Text) == (a.Scaled == b.Scaled))
        .QuickCheckThrowOnFailure();

    // Small digits and exponents, so that equal numbers in different spellings do occur.
    internal static Gen<(string Text, BigInteger Scaled)> Numbers() =>
        from digits in Gen.OneOf(Gen.Choose(-30, 30), Gen.Choose(-1_000_000, 1_000_000))
        from exponent in Gen.Choose(-8, 8)
        from padding in Gen.Choose(0, 3)
        from form in Gen.Choose(0, 2)
        select (Spell(digits, exponent, padding, form), digits * BigInteger.Pow(10, exponent + 8));

    private static string Spell(int digits, int exponent, int padding, int form)
    {
        var sign = digits < 0 ? "-" : "";
        var text = Math.Abs((long)digits).ToString(CultureInfo.InvariantCulture);
        var zeros = new string('0', padding);
        return form switch
        {
            0 => FormattableString.Invariant($"{sign}{zeros}{text}e{exponent}"),
            1 => FormattableString.Invariant($"{sign}{text}.{zeros}E{exponent:+0;-0;+0}"),
            _ => FormattableString.Invariant($"{sign}0.{zeros}{text}e{exponent + padding + text.Length}"),
        };
    }
}
