#if NET8_0_OR_GREATER
using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
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
/// Sends encoded BatchWriteItem bodies past the SDK's pipeline, whose handlers cost more than all the rest of a run.
/// Credentials, endpoint, signature and the reading of answers, errors included, stay the SDK's.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Lives as long as its connection, which is kept for the life of the process.")]
internal sealed class DirectSender
{
    private const string ContentType = "application/x-amz-json-1.0";
    private const string Target = "DynamoDB_20120810.BatchWriteItem";

    private readonly AWSCredentials _credentials;
    private readonly AmazonDynamoDBConfig _config;
    private readonly Uri _endpoint;
    private readonly HttpClient _http;
    private readonly AWS4Signer _signer = new();
    private TimeSpan _clockOffset;

    public DirectSender(AmazonDynamoDBClient client, AWSCredentials credentials, AmazonDynamoDBConfig config, TimeSpan timeout)
    {
        _credentials = credentials;
        _config = config;
        _endpoint = new Uri(client.DetermineServiceOperationEndpoint(new BatchWriteItemRequest()).URL);
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
                ConnectTimeout = config.ConnectTimeout ?? TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5), // So that a change of address is met.
            })
        {
            Timeout = timeout,
        };
        _http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "DynamoBatch/" + typeof(DirectSender).Assembly.GetName().Version!.ToString(3));
    }

    /// <summary>Sends a body, once.</summary>
    /// <exception cref="AmazonDynamoDBException">The service's error, as the SDK would throw it.</exception>
    public async Task<BatchWriteItemResponse> SendAsync(byte[] body, CancellationToken cancellation)
    {
        ImmutableCredentials credentials = await _credentials.GetCredentialsAsync().ConfigureAwait(false);
        using HttpRequestMessage message = Sign(body, credentials);
        using HttpResponseMessage answer = await _http.SendAsync(message, cancellation).ConfigureAwait(false);
        byte[] content = await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        if (answer.Headers.NonValidated.TryGetValues("x-amz-crc32", out HeaderStringValues checksum) && !Crc32.Matches(content, checksum.ToString()))
        {
            throw new IOException("The answer does not fit its checksum.");
        }

        return Read(answer, content);
    }

    private HttpRequestMessage Sign(byte[] body, ImmutableCredentials credentials)
    {
        var request = new DefaultRequest(new BatchWriteItemRequest(), "AmazonDynamoDBv2")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Endpoint = _endpoint,
            Content = body,
        };
        request.Headers["Content-Type"] = ContentType;
        request.Headers["X-Amz-Target"] = Target;
        if (credentials.UseToken)
        {
            request.Headers["X-Amz-Security-Token"] = credentials.Token;
        }

        AWS4SigningResult signature = _signer.SignRequest(
            request, _config, new RequestMetrics(), credentials.AccessKey, credentials.SecretKey, (TimeProvider.System.GetUtcNow() + _clockOffset).UtcDateTime);

        var message = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ByteArrayContent(body) };
        foreach ((string name, string value) in request.Headers)
        {
            if (name == "Content-Type")
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        message.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        return message;
    }

    private BatchWriteItemResponse Read(HttpResponseMessage answer, byte[] content)
    {
        var data = new AnswerData(answer, content.Length);
        using var stream = new MemoryStream(content, writable: false);
        using var context = new JsonUnmarshallerContext(stream, false, data, !answer.IsSuccessStatusCode);
        if (answer.IsSuccessStatusCode)
        {
            return (BatchWriteItemResponse)BatchWriteItemResponseUnmarshaller.Instance.Unmarshall(context);
        }

        AmazonServiceException fault = BatchWriteItemResponseUnmarshaller.Instance.UnmarshallException(context, null, answer.StatusCode);
        if (FaultReader.IsClockSkew(fault.ErrorCode, fault.Message) && answer.Headers.Date is { } date)
        {
            _clockOffset = date - TimeProvider.System.GetUtcNow();
        }

        throw fault;
    }
}
#endif
