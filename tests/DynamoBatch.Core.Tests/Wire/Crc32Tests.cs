using DynamoBatch.Core.Wire;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Wire;

public class Crc32Tests
{
    [Fact]
    public void The_checksum_is_the_standards() => Crc32.Compute("123456789"u8).ShouldBe(0xCBF43926);

    [Theory]
    [InlineData("3421780262", true)]
    [InlineData("3421780263", false)]
    [InlineData("", false)]
    [InlineData("-1", false)]
    public void Content_fits_its_own_checksum_only(string checksum, bool fits) => Crc32.Matches("123456789"u8, checksum).ShouldBe(fits);
}
