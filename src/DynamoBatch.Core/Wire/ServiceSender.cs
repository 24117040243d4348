using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.DynamoDBv2.Model.Internal.MarshallTransformations;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace DynamoBatch.Core.Wire;

/// <summary>
/// Sends encoded bodies of the data plane past the SDK's pipeline, whose handlers cost more than all the rest of a run, and gives
/// back the answer's bytes. Credentials, endpoint, signature and the reading of errors stay the SDK's.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Lives as long as its connection, which is kept for the life of the process.")]
internal sealed class ServiceSender
{
    private const string ContentType = "application/x-amz-json-1.0";
    private const string TargetPrefix = "DynamoDB_20120810.";

    private readonly AWSCredentials _credentials;
    private readonly AmazonDynamoDBConfig _config;
    private readonly Uri _endpoint;
    private readonly HttpClient _http;
    private readonly AWS4Signer _signer = new();
    private TimeSpan _clockOffset;

    public ServiceSender(AmazonDynamoDBClient client, AWSCredentials credentials, AmazonDynamoDBConfig config, TimeSpan timeout)
    {
        _credentials = credentials;
        _config = config;
        _endpoint = new Uri(client.DetermineServiceOperationEndpoint(new BatchWriteItemRequest()).URL);
        _http = new HttpClient(CreateHandler()) { Timeout = timeout };
        _http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "DynamoBatch/" + typeof(ServiceSender).Assembly.GetName().Version!.ToString(3));
    }

    /// <summary>The host that requests go to.</summary>
    public string Host => _endpoint.Host;

    /// <summary>Sends a body, once.</summary>
    /// <param name="operation">Such as BatchWriteItem.</param>
    /// <param name="body">The request's JSON.</param>
    /// <param name="cancellation">Ends the waiting for the answer.</param>
    /// <returns>The JSON of the answer.</returns>
    /// <exception cref="ServiceFaultException">The service's error.</exception>
    public async Task<byte[]> SendAsync(string operation, byte[] body, CancellationToken cancellation)
    {
        ImmutableCredentials credentials = await _credentials.GetCredentialsAsync().ConfigureAwait(false);
        using HttpRequestMessage message = Sign(operation, body, credentials);
        using HttpResponseMessage answer = await _http.SendAsync(message, cancellation).ConfigureAwait(false);
#if NET8_0_OR_GREATER
        byte[] content = await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
#else
        byte[] content = await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
#endif
        var data = new AnswerData(answer, content.Length);
        if (data.IsHeaderPresent("x-amz-crc32") && !Crc32.Matches(content, data.GetHeaderValue("x-amz-crc32")))
        {
            throw new IOException("The answer does not fit its checksum.");
        }

        return answer.IsSuccessStatusCode ? content : throw ReadFault(answer, data, content);
    }

#if NET8_0_OR_GREATER
    private SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = _config.ConnectTimeout ?? TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // So that a change of address is met.
    };
#else
    private HttpClientHandler CreateHandler()
    {
        ServicePoint point = ServicePointManager.FindServicePoint(_endpoint);
        point.ConnectionLimit = Math.Max(point.ConnectionLimit, 512); // Two, where nobody says more.
        point.Expect100Continue = false;
        point.UseNagleAlgorithm = false;
        point.ConnectionLeaseTimeout = (int)TimeSpan.FromMinutes(5).TotalMilliseconds; // So that a change of address is met.
        return new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
    }
#endif

    private HttpRequestMessage Sign(string operation, byte[] body, ImmutableCredentials credentials)
    {
        // The signer asks the request for its headers and content only, so any request of the service will do.
        var request = new DefaultRequest(new BatchWriteItemRequest(), "AmazonDynamoDBv2")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Endpoint = _endpoint,
            Content = body,
        };
        request.Headers["Content-Type"] = ContentType;
        request.Headers["X-Amz-Target"] = TargetPrefix + operation;
        if (credentials.UseToken)
        {
            request.Headers["X-Amz-Security-Token"] = credentials.Token;
        }

        AWS4SigningResult signature = _signer.SignRequest(
            request, _config, new RequestMetrics(), credentials.AccessKey, credentials.SecretKey, (TimeProvider.System.GetUtcNow() + _clockOffset).UtcDateTime);

        var message = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ByteArrayContent(body) };
        foreach (var header in request.Headers)
        {
            if (header.Key == "Content-Type")
            {
                message.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
            else
            {
                message.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        message.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        return message;
    }

    private ServiceFaultException ReadFault(HttpResponseMessage answer, AnswerData data, byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        using var context = new JsonUnmarshallerContext(stream, false, data, true);
        AmazonServiceException fault = BatchWriteItemResponseUnmarshaller.Instance.UnmarshallException(context, null, answer.StatusCode);
        if (FaultReader.IsClockSkew(fault.ErrorCode, fault.Message) && answer.Headers.Date is { } date)
        {
            _clockOffset = date - TimeProvider.System.GetUtcNow();
        }

        return new ServiceFaultException(fault, content);
    }
}
