using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
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
        var credentials = new DelegatedCredentials((System.Func<Task<ForeignCredentials>>)(() => throw new System.InvalidOperationException("the session has expired")));

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
    public void Where_TLS_fails_nothing_was_written_and_in_mid_run_it_is_tried_again()
    {
        Fault fault = FaultReader.Read(new HttpRequestException("ssl", new AuthenticationException("the remote certificate is invalid")));

        (fault.Reply, fault.Kind, fault.Reached, fault.IsTls).ShouldBe((ReplyKind.NotWritten, FailureKind.EndpointUnreachable, false, true));
    }

    [Fact]
    public async Task A_refresh_that_the_network_fails_has_written_nothing_and_is_tried_again()
    {
        Fault fault = await ReadRefreshAsync(new AmazonClientException("Error calling AssumeRole", new HttpRequestException("no such host")));

        (fault.Reply, fault.Kind, fault.Reached).ShouldBe((ReplyKind.NotWritten, FailureKind.EndpointUnreachable, false));
        fault.Message.ShouldContain("no such host");
    }

    [Fact]
    public async Task What_a_service_that_gives_credentials_refuses_is_no_matter_of_the_items_or_the_table()
    {
        foreach (string code in new[] { "UnauthorizedException", "AccessDenied", "ResourceNotFoundException", "ThrottlingException" })
        {
            Fault fault = await ReadRefreshAsync(Service(code, HttpStatusCode.Unauthorized));

            (fault.Reply, fault.Kind, fault.Reached).ShouldBe((ReplyKind.Fatal, FailureKind.CredentialsInvalid, false));
        }
    }

    [Fact]
    public async Task A_token_file_that_is_missing_is_no_matter_of_the_network()
    {
        Fault fault = await ReadRefreshAsync(new AmazonClientException("web identity", new FileNotFoundException("token")));

        (fault.Reply, fault.Kind).ShouldBe((ReplyKind.Fatal, FailureKind.CredentialsInvalid));
    }

    [Fact]
    public void The_headers_in_the_message_of_a_wrong_signature_are_not_told()
    {
        Fault fault = FaultReader.Read(Service(
            "InvalidSignatureException", HttpStatusCode.BadRequest, "Check your key.\n\nThe Canonical String for this request should have been\n'POST\nx-amz-security-token:SECRET"));

        fault.Kind.ShouldBe(FailureKind.CredentialsInvalid);
        fault.Message.ShouldBe("InvalidSignatureException: Check your key.");
        fault.Cause.ShouldBeNull();
    }

    [Fact]
    public void Credentials_that_cannot_be_had_end_the_run()
    {
        Fault fault = FaultReader.Read(new AmazonClientException("Failed to resolve AWS credentials."));

        (fault.Reply, fault.Kind).ShouldBe((ReplyKind.Fatal, FailureKind.CredentialsInvalid));
    }

    private static async Task<Fault> ReadRefreshAsync(System.Exception thrown)
    {
        var credentials = new DelegatedCredentials(() => Task.FromException<ImmutableCredentials>(thrown));
        return FaultReader.Read(await Should.ThrowAsync<DdbException>(credentials.GetCredentialsAsync));
    }

    [Fact]
    public void A_status_without_code_and_text_is_told_as_it_is()
    {
        Fault fault = FaultReader.Read(Service(string.Empty, HttpStatusCode.BadRequest, "The service returned an error. See inner exception for details."));

        (fault.IsBare, fault.Message).ShouldBe((true, "HTTP 400"));
        FaultReader.Read(Service("ValidationException", HttpStatusCode.BadRequest)).IsBare.ShouldBeFalse();
    }

    [Fact]
    public void An_answer_that_is_no_JSON_is_not_quoted()
    {
        var unread = new AmazonUnmarshallingException("request", "place", new JsonException("'null-and-a-secret' is an invalid JSON literal"));

        Fault fault = FaultReader.Read(unread);

        fault.Reply.ShouldBe(ReplyKind.Ambiguous);
        fault.Message.ShouldNotContain("secret");
    }

    private static AmazonDynamoDBException Service(string code, HttpStatusCode status, string message = "message") =>
        new(message, ErrorType.Sender, code, "request", status);
}
