using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Faults;
using DynamoBatch.LocalAws.Log;
using Microsoft.AspNetCore.Http;

namespace DynamoBatch.LocalAws.Http;

/// <summary>The way of a DynamoDB request: log, refusals, faults, effect, answer.</summary>
internal sealed class DataPlane
{
    // As AWS: a request is at most 16 MB, and a larger one is answered without an error code.
    private const int MaxBody = 16 * 1024 * 1024;

    private readonly FaultControl _faults;
    private readonly RequestLog _log;
    private readonly RequestWrites _writes;
    private readonly RequestReads _reads;
    private readonly OperationTable _operations;
    private readonly FaultRunner _runner;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;

    public DataPlane(
        FaultControl faults, RequestLog log, RequestWrites writes, RequestReads reads, OperationTable operations, FaultRunner runner,
        TimeProvider time, CancellationToken stopping)
    {
        _faults = faults;
        _log = log;
        _writes = writes;
        _reads = reads;
        _operations = operations;
        _runner = runner;
        _time = time;
        _stopping = stopping;
    }

    public async Task HandleAsync(HttpContext http)
    {
        if (await ReadBodyAsync(http.Request) is not { } body)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            http.Response.Headers.Connection = "close";
            return;
        }

        var target = http.Request.Headers[AwsHeaders.Target].ToString();
        var operation = target.StartsWith(AwsHeaders.TargetPrefix, StringComparison.Ordinal) ? target[AwsHeaders.TargetPrefix.Length..] : "";
        var exchange = new Exchange(http, operation, body, _log);
        try
        {
            await HandleAsync(exchange);
        }
        catch (HttpRequestException e)
        {
            // Not an AWS error, which a client would retry: the test equipment itself is broken.
            await exchange.SendAsync(new Answer(StatusCodes.Status502BadGateway, Encoding.UTF8.GetBytes($"The DynamoDB server behind is gone: {e.Message}"), []));
        }
        finally
        {
            exchange.End(status: 0);
        }
    }

    private async Task HandleAsync(Exchange exchange)
    {
        var active = _faults.Active;
        var decision = active.Decide(exchange.Operation);
        if (_log.LogsKeys || !OperationNames.IsBatch(exchange.Operation))
        {
            exchange.Record.Tables = RequestTables.Of(exchange.Operation, exchange.Body);
        }

        var capacity = active.Capacity;
        var writes = _log.LogsKeys || capacity is not null
            ? await _writes.ReadAsync(exchange.Operation, exchange.Body, _stopping)
            : [];
        if (_log.LogsKeys)
        {
            _log.Keys(exchange.Record, writes, await _reads.ReadAsync(exchange.Operation, exchange.Body, _stopping));
        }

        // A client that gives up ends its request, though what it asked for still happens.
        await using var gone = exchange.Http.RequestAborted.UnsafeRegister(static e => ((Exchange)e!).End(status: 0), exchange);
        if (Refusals.Of(exchange, active, _time) is { } refusal)
        {
            await exchange.SendAsync(refusal);
        }
        else if (decision is not null || (capacity is not null && writes.Count > 0))
        {
            await _runner.RunAsync(exchange, decision ?? Decision.Nothing, capacity, writes, active.TableStates);
        }
        else
        {
            await exchange.SendAsync(active.TableStates is null
                ? await _operations.ApplyAsync(exchange, exchange.Body, _stopping)
                : TableStateAnswers.Show(exchange, active.TableStates, await _operations.ApplyAsync(exchange, exchange.Body, _stopping)));
        }
    }

    private static async ValueTask<byte[]?> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxBody)
        {
            return null;
        }

        if (request.ContentLength is { } length)
        {
            var body = GC.AllocateUninitializedArray<byte>((int)length);
            await request.Body.ReadExactlyAsync(body, request.HttpContext.RequestAborted);
            return body;
        }

        using var chunks = new MemoryStream();
        await request.Body.CopyToAsync(chunks, request.HttpContext.RequestAborted);
        return chunks.Length > MaxBody ? null : chunks.ToArray();
    }
}
