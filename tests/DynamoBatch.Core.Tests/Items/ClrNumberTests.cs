using System;
using System.Globalization;
using System.Text;
using DynamoBatch.Core.Items;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Items;

public class ClrNumberTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("42")]
    [InlineData("007")]
    [InlineData("1E3")]
    [InlineData("1000.0")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("922337203685477580.7e1")]
    public void A_whole_number_that_fits_is_an_Int64(string text) => Read(text).ShouldBeOfType<long>();

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("1.50", "1.5")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("1e-28", "0.0000000000000000000000000001")]
    [InlineData("-7.9228162514264337593543950335", "-7.9228162514264337593543950335")]
    public void Else_it_is_a_Decimal_where_that_is_exact(string text, string exact) =>
        Read(text).ShouldBeOfType<decimal>().ShouldBe(decimal.Parse(exact, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("79228162514264337593543950336")]
    [InlineData("1e-29")]
    [InlineData("1e-130")]
    [InlineData("9.99e125")]
    [InlineData("0.12345678901234567890123456789012345678")]
    [InlineData("12345678901234567890123456789012345678")]
    [InlineData("-1.00000000000000000000000000001")]
    public void Else_it_stays_text(string text) => Read(text).ShouldBeOfType<NumberText>().ShouldBe(NumberText.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("NaN")]
    [InlineData("1é")]
    [InlineData("1e126")]
    [InlineData("123456789012345678901234567890123456789")]
    public void What_is_no_number_is_refused(string text) => Should.Throw<FormatException>(() => Read(text));

    [Fact]
    public void No_value_is_changed()
    {
        var number =
            from digits in Gen.Choose(1, 38).SelectMany(n => Gen.ArrayOf(Gen.Choose(0, 9), n))
            from exponent in Gen.Choose(-60, 60)
            from sign in Gen.Elements("", "-")
            select FormattableString.Invariant($"{sign}{string.Concat(digits)}e{exponent}");
        Prop.ForAll(number.ToArbitrary(), text => Same(text)).QuickCheckThrowOnFailure();
    }

    private static bool Same(string text) => NumberText.Parse(Read(text) switch
    {
        NumberText exact => exact.Text,
        IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException(),
    }) == NumberText.Parse(text);

    private static object Read(string text) => ClrNumber.Read(Encoding.UTF8.GetBytes(text));
}
