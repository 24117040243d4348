using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Http;
using Microsoft.AspNetCore.Http;

namespace DynamoBatch.LocalAws.Backend;

/// <summary>Takes requests to the DynamoDB server behind, byte for byte, over pooled connections.</summary>
internal sealed class Forwarder : IDisposable
{
    private readonly Uri _endpoint;
    private readonly HttpMessageInvoker _http;

    public Forwarder(Uri endpoint)
    {
        _endpoint = endpoint;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
        });
    }

    /// <summary>The client's request, with its body or another one in its place.</summary>
    public Task<Answer> ForwardAsync(HttpRequest original, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(Copy(original, body), cancellationToken);

    /// <summary>A request of the local AWS itself.</summary>
    public Task<Answer> CallAsync(string operation, byte[] body, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(AwsHeaders.ContentType);
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = content };
        request.Headers.TryAddWithoutValidation(AwsHeaders.Target, AwsHeaders.TargetPrefix + operation);
        request.Headers.TryAddWithoutValidation(AwsHeaders.Date, "20260101T000000Z");
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=LOCALAWS/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
        return SendAsync(request, cancellationToken);
    }

    /// <inheritdoc cref="CallAsync(string, byte[], CancellationToken)" />
    public Task<Answer> CallAsync(string operation, string json, CancellationToken cancellationToken) =>
        CallAsync(operation, Encoding.UTF8.GetBytes(json), cancellationToken);

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Copy(HttpRequest original, ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(new HttpMethod(original.Method), new Uri(_endpoint, original.Path + original.QueryString))
        {
            Content = body.IsEmpty ? null : new ReadOnlyMemoryContent(body),
        };
        foreach (var header in original.Headers)
        {
            if (IsOfTheConnection(header.Key))
            {
                continue;
            }

            var values = (IEnumerable<string?>)header.Value;
            if (!request.Headers.TryAddWithoutValidation(header.Key, values))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Key, values);
            }
        }

        return request;
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        using (var response = await _http.SendAsync(request, cancellationToken))
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var headers = new List<KeyValuePair<string, string>>(8);
            AddHeaders(headers, response.Headers.NonValidated);
            AddHeaders(headers, response.Content.Headers.NonValidated);
            return new Answer((int)response.StatusCode, body, headers);
        }
    }

    private static void AddHeaders(List<KeyValuePair<string, string>> headers, HttpHeadersNonValidated from)
    {
        foreach (var header in from)
        {
            if (!IsOfTheConnection(header.Key))
            {
                headers.Add(new(header.Key, header.Value.ToString()));
            }
        }
    }

    // Each of the two connections has its own of these. Date is Kestrel's: it is this server that answers now.
    private static bool IsOfTheConnection(string name) =>
        name.Length is 4 or 6 or 10 or 14 or 17
        && (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Connection", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Keep-Alive", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Expect", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Date", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase));
}
