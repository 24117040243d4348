using DynamoBatch.Core.Wire;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Wire;

public class RegionTests
{
    [Theory]
    [InlineData("europe", null)]
    [InlineData("us-east-1 ", "us-east-1")]
    [InlineData("EU-WEST-1", "eu-west-1")]
    [InlineData("eu-west", "eu-west-1")]
    [InlineData("eu_west_1", "eu-west-1")]
    [InlineData("dynamodb.eu-west-1", null)]
    public void What_is_no_region_is_refused_at_once_naming_the_nearest(string region, string? nearest)
    {
        DdbException refused = Should.Throw<DdbException>(() => RegionResolver.Resolve(new ConnectionSettings { Region = region }));

        refused.Kind.ShouldBe(FailureKind.EndpointUnreachable);
        refused.Message.ShouldStartWith($"'{region}', from -Region");
        refused.Message.ShouldEndWith(nearest is null ? "A region is named like eu-west-1." : $"Did you mean '{nearest}'?");
    }

    [Theory]
    [InlineData("eu-west-1")]
    [InlineData("us-gov-west-1")]
    [InlineData("us-isob-east-1")]
    [InlineData("eusc-de-east-1")]
    [InlineData("cn-northwest-1")]
    [InlineData("xx-nowhere-1")]
    [InlineData("eu-west-99")]
    public void What_has_the_form_of_a_region_is_tried(string region)
    {
        RegionResolver.Resolve(new ConnectionSettings { Region = region }).Region.ShouldBe(region);
    }

    [Fact]
    public void A_server_of_ones_own_may_name_its_region_as_it_likes()
    {
        RegionResolver.Resolve(new ConnectionSettings { Region = "local", EndpointUrl = "http://localhost:1" }).Region.ShouldBe("local");
        Should.Throw<DdbException>(() => RegionResolver.Resolve(new ConnectionSettings { Region = "lo cal", EndpointUrl = "http://localhost:1" }));
    }

    [Fact]
    public void A_region_that_was_asked_for_once_is_not_known_for_that()
    {
        Amazon.RegionEndpoint.GetBySystemName("eu-west-77");

        RegionNames.IsKnown("eu-west-77").ShouldBeFalse();
        RegionNames.IsKnown("eu-west-1").ShouldBeTrue();
    }

    [Fact]
    public void Where_the_session_named_the_region_the_message_says_so()
    {
        Should.Throw<DdbException>(() => RegionResolver.Resolve(new ConnectionSettings { Region = "mars", RegionName = "$StoredAWSRegion" }))
            .Message.ShouldContain("$StoredAWSRegion");
    }
}
