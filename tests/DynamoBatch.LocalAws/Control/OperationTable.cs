using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
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

    public OperationTable(Forwarder backend, TableKeys keys)
    {
        _backend = backend;
        foreach (var operation in new[] { "CreateTable", "DeleteTable" })
        {
            Register(operation, async (call, cancellationToken) =>
            {
                var answer = await call.ForwardAsync(call.Body, cancellationToken);
                if (JsonSlices.Text(JsonSlices.Find(call.Body, "TableName")) is { } table)
                {
                    keys.Forget(table);
                }

                return answer;
            });
        }
    }

    /// <summary>Before the server starts to listen.</summary>
    public void Register(string operation, OperationHandler handler) => _handlers.Add(operation, handler);

    /// <summary>Performs a request, or the part of it that <paramref name="body" /> holds.</summary>
    public Task<Answer> ApplyAsync(Exchange exchange, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = exchange.Http.Request;
        return _handlers.TryGetValue(exchange.Operation, out var handler)
            ? handler(new OperationCall(exchange.Operation, body, (b, c) => _backend.ForwardAsync(request, b, c)), cancellationToken)
            : _backend.ForwardAsync(request, body, cancellationToken);
    }

    /// <summary>Performs the request later, when its client and its headers are gone.</summary>
    public Func<CancellationToken, Task<Answer>> Prepare(Exchange exchange) =>
        _handlers.TryGetValue(exchange.Operation, out var handler)
            ? cancellationToken => handler(
                new OperationCall(exchange.Operation, exchange.Body, (b, c) => _backend.CallAsync(exchange.Operation, b.ToArray(), c)), cancellationToken)
            : _backend.Prepare(exchange.Http.Request, exchange.Body);
}
