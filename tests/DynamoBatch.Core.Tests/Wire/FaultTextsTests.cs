using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Wire;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Wire;

public class FaultTextsTests
{
    private static readonly Fault NoSuchHost = new(ReplyKind.NotWritten, FailureKind.EndpointUnreachable, "Name not known", Reached: false);
    private static readonly CredentialSource Source = new("profile 'ops'", "Run 'aws sso login --profile ops'.");

    [Fact]
    public void A_host_made_up_from_an_unknown_region_names_the_nearest_region()
    {
        var texts = new FaultTexts(null, "eu-west-99", "dynamodb.eu-west-99.amazonaws.com", Source);

        texts.IsGuess.ShouldBeTrue();
        string message = texts.Describe(NoSuchHost, "T").Message;
        message.ShouldContain("dynamodb.eu-west-99.amazonaws.com");
        message.ShouldContain("Did you mean 'eu-west-1'?");
    }

    [Fact]
    public void A_known_region_or_an_endpoint_is_no_guess()
    {
        new FaultTexts(null, "eu-west-1", "dynamodb.eu-west-1.amazonaws.com", Source).IsGuess.ShouldBeFalse();
        new FaultTexts("http://localhost:1", "eu-west-99", "localhost", Source).IsGuess.ShouldBeFalse();
    }

    [Fact]
    public void Refused_credentials_say_whose_they_are_and_what_renews_them()
    {
        var texts = new FaultTexts(null, "eu-west-1", "dynamodb.eu-west-1.amazonaws.com", Source);
        var expired = new Fault(ReplyKind.Fatal, FailureKind.CredentialsInvalid, "ExpiredTokenException: The token is expired");

        texts.Describe(expired, null).Message.ShouldBe(
            "The credentials of profile 'ops' were not accepted in region eu-west-1. ExpiredTokenException: The token is expired. Run 'aws sso login --profile ops'.");
        texts.Describe(expired with { Reached = false }, null).Message.ShouldStartWith("The credentials of profile 'ops' could not be obtained. ");
    }

    [Theory]
    [InlineData("The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch", "for another host name")]
    [InlineData("The remote certificate is invalid because of errors in the certificate chain: NotTimeValid", "has expired")]
    [InlineData("The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot", "self-signed")]
    [InlineData("The remote certificate was rejected by the provided callback.", "was not accepted")]
    [InlineData("Cannot determine the frame size or a corrupted frame was received.", "plain http")]
    public void What_is_wrong_with_TLS_is_said(string message, string said)
    {
        Fault fault = TlsFaults.Read(message);

        (fault.IsTls, fault.Kind).ShouldBe((true, FailureKind.EndpointUnreachable));
        fault.Message.ShouldContain(said);
    }
}
