using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using Amazon.Runtime.EventStreams;
using Amazon.Runtime.Internal.Transform;

namespace DynamoBatch.Core.Wire;

/// <summary>An HTTP answer as the SDK's unmarshallers see it.</summary>
internal sealed class AnswerData : IWebResponseData
{
    private readonly HttpResponseMessage _answer;

    public AnswerData(HttpResponseMessage answer, int length)
    {
        _answer = answer;
        ContentLength = length;
    }

    public long ContentLength { get; }

    public string ContentType => _answer.Content.Headers.ContentType?.MediaType ?? string.Empty;

    public HttpStatusCode StatusCode => _answer.StatusCode;

    public bool IsSuccessStatusCode => _answer.IsSuccessStatusCode;

    /// <summary>Never asked: the content has been read.</summary>
    public IHttpResponseBody ResponseBody => throw new NotSupportedException();

    public string[] GetHeaderNames() => _answer.Headers.Select(h => h.Key).ToArray();

    public bool IsHeaderPresent(string headerName) => GetHeaderValue(headerName).Length > 0;

#if NET8_0_OR_GREATER
    public string GetHeaderValue(string headerName) =>
        _answer.Headers.NonValidated.TryGetValues(headerName, out var values) ? values.ToString() : string.Empty;
#else
    public string GetHeaderValue(string headerName) =>
        _answer.Headers.TryGetValues(headerName, out IEnumerable<string>? values) ? string.Join(", ", values) : string.Empty;
#endif

    public bool IsEventHeaderPresent(string headerName) => false;

    public IEventStreamHeader GetEventStreamHeader(string headerName) => throw new NotSupportedException();
}
