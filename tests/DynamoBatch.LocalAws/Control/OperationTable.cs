using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Faults;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Control;

/// <summary>
/// Which operations the local AWS performs itself or accompanies; all others are forwarded. The place for backups, restores and
/// continuous backups: what is registered here is logged and hit by faults as the data plane is.
/// </summary>
internal sealed class OperationTable
{
    private readonly Dictionary<string, OperationHandler> _handlers = new(StringComparer.Ordinal);
    private readonly Forwarder _backend;
    private readonly FaultControl _faults;
    private readonly StaleReads _staleReads;
    private readonly LateWrites _lateWrites;

    public OperationTable(Forwarder backend, TableKeys keys, FaultControl faults, StaleReads staleReads, LateWrites lateWrites, TimeProvider time)
    {
        _lateWrites = lateWrites;
        _backend = backend;
        _faults = faults;
        _staleReads = staleReads;
        Register("BatchExecuteStatement", new StatementRules(faults, keys).ApplyAsync);
        Register("TransactWriteItems", new TransactionTokens(time).ApplyAsync);
        Register("Scan", new ScanStarts(backend, keys).ApplyAsync);
        Register("Scan", new OwnScanOrder(faults, keys).ApplyAsync);
        foreach (var operation in new[] { "CreateTable", "DeleteTable" })
        {
            Register(operation, async (call, cancellationToken) =>
            {
                var answer = await call.ForwardAsync(call.Body, cancellationToken);
                if (answer.Succeeded && JsonSlices.Text(JsonSlices.Find(call.Body, "TableName")) is { } table)
                {
                    keys.Forget(table);
                }

                return answer;
            });
        }
    }

    /// <summary>
    /// Before the server starts to listen. Several handlers can accompany one operation: the one registered last gets the client's call first,
    /// its <see cref="OperationCall.ForwardAsync" /> is the handler registered before it, and that of the first one is the backend.
    /// </summary>
    public void Register(string operation, OperationHandler handler) =>
        _handlers[operation] = _handlers.TryGetValue(operation, out var next)
            ? (call, cancellationToken) => handler(
                call with { ForwardAsync = (body, c) => next(call with { Body = body }, c) }, cancellationToken)
            : handler;

    /// <summary>An operation of the local AWS itself, by all handlers: no log, no faults, no stale reads.</summary>
    public Task<Answer> CallAsync(string operation, string json, CancellationToken cancellationToken) => HandleAsync(
        operation, Encoding.UTF8.GetBytes(json), (b, c) => _backend.CallAsync(operation, b.ToArray(), c), cancellationToken);

    /// <summary>Performs a request, or the part of it that <paramref name="body" /> holds.</summary>
    public Task<Answer> ApplyAsync(Exchange exchange, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        _lateWrites.BetweenAsync(() => ApplyAsync(exchange.Operation, body, (b, c) => _backend.ForwardAsync(exchange.Http.Request, b, c), cancellationToken));

    /// <summary>Performs the request later, when its client and its headers are gone.</summary>
    public Func<CancellationToken, Task<Answer>> Prepare(Exchange exchange) =>
        cancellationToken => ApplyAsync(
            exchange.Operation, exchange.Body, (b, c) => _backend.CallAsync(exchange.Operation, b.ToArray(), c), cancellationToken);

    private Task<Answer> ApplyAsync(
        string operation, ReadOnlyMemory<byte> body, Func<ReadOnlyMemory<byte>, CancellationToken, Task<Answer>> forward, CancellationToken cancellationToken)
    {
        var settings = _faults.Current;
        return settings.StaleReads is null ? HandleAsync(operation, body, forward, cancellationToken) : WithStaleReadsAsync();

        async Task<Answer> WithStaleReadsAsync()
        {
            await _staleReads.RememberAsync(operation, body, cancellationToken);
            var answer = await HandleAsync(operation, body, forward, cancellationToken);
            return operation is "GetItem" or "BatchGetItem" or "Query" or "Scan"
                ? await _staleReads.ShowAsync(operation, body, answer, settings, cancellationToken)
                : answer;
        }
    }

    private Task<Answer> HandleAsync(
        string operation, ReadOnlyMemory<byte> body, Func<ReadOnlyMemory<byte>, CancellationToken, Task<Answer>> forward, CancellationToken cancellationToken) =>
        _handlers.TryGetValue(operation, out var handler)
            ? handler(new OperationCall(operation, body, forward), cancellationToken)
            : forward(body, cancellationToken);
}
