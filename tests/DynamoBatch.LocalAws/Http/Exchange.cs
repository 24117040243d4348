using System;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Log;
using Microsoft.AspNetCore.Http;

namespace DynamoBatch.LocalAws.Http;

/// <summary>One request and the ways in which it can end.</summary>
internal sealed class Exchange
{
    private readonly RequestLog _log;

    public Exchange(HttpContext http, string operation, byte[] body, RequestLog log)
    {
        Http = http;
        Operation = operation;
        Body = body;
        _log = log;
        Record = log.Arrive(operation, body.Length);
        Record.Connection = http.Connection.Id;
        (Record.AccessKey, Record.Region) = SignatureScope.Of(http.Request);
    }

    public HttpContext Http { get; }

    public string Operation { get; }

    public byte[] Body { get; }

    public RequestRecord Record { get; }

    public async Task SendAsync(Answer answer)
    {
        Start(answer);
        await Http.Response.BodyWriter.WriteAsync(answer.Body, Http.RequestAborted);
    }

    /// <summary>Half of the body, then the connection is cut: the client waits for the rest in vain.</summary>
    public async Task SendTruncatedAsync(Answer answer)
    {
        Start(answer);
        await Http.Response.BodyWriter.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), Http.RequestAborted);
        await Http.Response.BodyWriter.FlushAsync(Http.RequestAborted);
        Http.Abort();
    }

    /// <summary>A complete answer of half the body, under the checksum of the whole.</summary>
    public async Task SendGarbledAsync(Answer answer)
    {
        var half = new Answer(answer.Status, answer.Body[..(answer.Body.Length / 2)], answer.Headers);
        await SendAsync(half);
    }

    /// <summary>Closes the connection without an answer.</summary>
    public void Cut()
    {
        End(status: 0);
        Http.Abort();
    }

    /// <summary>Never answers; returns when the client has given up or the server stops.</summary>
    public async Task HangAsync(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Http.RequestAborted, stopping);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = either.Token.UnsafeRegister(static e => ((TaskCompletionSource)e!).SetResult(), ended);
        await ended.Task;
        Cut();
    }

    /// <summary>The request counts as ended: for the log, and for the watch over its keys.</summary>
    public void End(int status) => _log.End(Record, status);

    private void Start(Answer answer)
    {
        End(answer.Status);
        var response = Http.Response;
        response.StatusCode = answer.Status;
        foreach (var header in answer.Headers)
        {
            response.Headers[header.Key] = header.Value;
        }

        response.ContentLength = answer.Body.Length;
    }
}
