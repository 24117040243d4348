using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Wire;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Wire;

public class FaultReaderTests
{
    [Theory]
    [InlineData("ThrottlingException", 400, nameof(ReplyKind.NotWritten), true)]
    [InlineData("ProvisionedThroughputExceededException", 400, nameof(ReplyKind.NotWritten), true)]
    [InlineData("RequestLimitExceeded", 400, nameof(ReplyKind.NotWritten), true)]
    [InlineData("TransactionConflictException", 400, nameof(ReplyKind.NotWritten), false)]
    [InlineData("InternalServerError", 500, nameof(ReplyKind.Ambiguous), false)]
    [InlineData("ServiceUnavailable", 503, nameof(ReplyKind.Ambiguous), false)]
    [InlineData("", 502, nameof(ReplyKind.Ambiguous), false)]
    [InlineData("ValidationException", 400, nameof(ReplyKind.Rejected), false)]
    [InlineData("", 413, nameof(ReplyKind.Rejected), false)]
    [InlineData("", 403, nameof(ReplyKind.Fatal), false)]
    [InlineData("", 404, nameof(ReplyKind.Fatal), false)]
    [InlineData("", 407, nameof(ReplyKind.Fatal), false)]
    [InlineData("", 408, nameof(ReplyKind.Ambiguous), false)]
    [InlineData("RequestTimeoutException", 408, nameof(ReplyKind.Ambiguous), false)]
    [InlineData("RequestTimeout", 400, nameof(ReplyKind.Ambiguous), false)]
    [InlineData("", 429, nameof(ReplyKind.NotWritten), true)]
    [InlineData("ItemCollectionSizeLimitExceededException", 400, nameof(ReplyKind.Rejected), false)]
    [InlineData("ResourceNotFoundException", 400, nameof(ReplyKind.TableFailed), false)]
    [InlineData("AccessDeniedException", 400, nameof(ReplyKind.TableFailed), false)]
    [InlineData("UnrecognizedClientException", 400, nameof(ReplyKind.Fatal), false)]
    [InlineData("ExpiredTokenException", 400, nameof(ReplyKind.Fatal), false)]
    public void What_the_service_says(string code, int status, string reply, bool throttled)
    {
        Fault fault = FaultReader.Read(Service(code, (HttpStatusCode)status));

        fault.Reply.ToString().ShouldBe(reply);
        fault.Throttled.ShouldBe(throttled);
        fault.Reached.ShouldBeTrue();
    }

    [Fact]
    public void A_throttle_says_why()
    {
        var exception = new ProvisionedThroughputExceededException(
            "slow down", ErrorType.Sender, "ProvisionedThroughputExceededException", "r", HttpStatusCode.BadRequest)
        {
            ThrottlingReasons = [new ThrottlingReason { Reason = "TableWriteKeyRangeThroughputExceeded", Resource = "arn:aws:dynamodb:x:1:table/T" }],
        };

        FaultReader.Read(exception).Message.ShouldContain("TableWriteKeyRangeThroughputExceeded of arn:aws:dynamodb:x:1:table/T");
    }

    [Fact]
    public void A_clock_skew_passes_because_the_SDK_learns_the_servers_clock() =>
        FaultReader.Read(Service("InvalidSignatureException", HttpStatusCode.BadRequest, "Signature expired: a is now earlier than b"))
            .Reply.ShouldBe(ReplyKind.NotWritten);

    [Fact]
    public void A_refused_connection_wrote_nothing()
    {
        Fault fault = FaultReader.Read(new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)));

        (fault.Reply, fault.Kind, fault.Reached).ShouldBe((ReplyKind.NotWritten, FailureKind.EndpointUnreachable, false));
    }

    [Fact]
    public void A_cut_connection_may_have_written() =>
        FaultReader.Read(new HttpRequestException("cut", new IOException("reset", new SocketException((int)SocketError.ConnectionReset))))
            .Reply.ShouldBe(ReplyKind.Ambiguous);

    [Theory]
    [InlineData(SocketError.HostUnreachable)]
    [InlineData(SocketError.NetworkUnreachable)]
    public void A_route_lost_under_an_open_connection_may_have_written(SocketError error) =>
        FaultReader.Read(new HttpRequestException("lost", new IOException("read", new SocketException((int)error))))
            .Reply.ShouldBe(ReplyKind.Ambiguous);

    [Fact]
    public void A_route_that_never_was_wrote_nothing() =>
        FaultReader.Read(new HttpRequestException("none", new SocketException((int)SocketError.HostUnreachable)))
            .Reply.ShouldBe(ReplyKind.NotWritten);

    [Fact]
    public void Credentials_that_somebody_else_keeps_and_cannot_give_end_the_run()
    {
        var credentials = new DelegatedCredentials(() => throw new System.InvalidOperationException("the session has expired"));

        Fault fault = FaultReader.Read(Should.Throw<System.Exception>(() => credentials.GetCredentials()));

        (fault.Reply, fault.Kind).ShouldBe((ReplyKind.Fatal, FailureKind.CredentialsInvalid));
        fault.Message.ShouldContain("the session has expired");
    }

    [Fact]
    public void A_timeout_may_have_written() => FaultReader.Read(new TaskCanceledException()).Reply.ShouldBe(ReplyKind.Ambiguous);

    [Fact]
    public void A_broken_answer_may_have_written() =>
        FaultReader.Read(new AmazonUnmarshallingException("request", "location", new IOException("end"), HttpStatusCode.OK))
            .Reply.ShouldBe(ReplyKind.Ambiguous);

    [Fact]
    public void A_certificate_that_is_not_accepted_ends_the_run()
    {
        Fault fault = FaultReader.Read(new HttpRequestException("ssl", new AuthenticationException("the remote certificate is invalid")));

        (fault.Reply, fault.Kind).ShouldBe((ReplyKind.Fatal, FailureKind.EndpointUnreachable));
    }

    [Fact]
    public void Credentials_that_cannot_be_had_end_the_run()
    {
        Fault fault = FaultReader.Read(new AmazonClientException("Failed to resolve AWS credentials."));

        (fault.Reply, fault.Kind).ShouldBe((ReplyKind.Fatal, FailureKind.CredentialsInvalid));
    }

    private static AmazonDynamoDBException Service(string code, HttpStatusCode status, string message = "message") =>
        new(message, ErrorType.Sender, code, "request", status);
}
