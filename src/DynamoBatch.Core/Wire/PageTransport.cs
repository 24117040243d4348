using System;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Wire;

/// <summary>Sends requests for pages, as Scan or Query.</summary>
internal sealed class PageTransport
{
    private readonly SendRequest _send;
    private readonly Func<Fault, string?, DdbException> _describe;
    private readonly PageBody _body;
    private readonly PageSource _source;
    private readonly Projection? _projection;

    /// <summary>Creates the transport.</summary>
    /// <param name="send">Sends a body, once. It must not retry by itself.</param>
    /// <param name="describe">Words a table's or the run's failure for the user.</param>
    /// <param name="source">What is read.</param>
    public PageTransport(SendRequest send, Func<Fault, string?, DdbException> describe, PageSource source)
    {
        _send = send;
        _describe = describe;
        _source = source;
        _projection = source.Attributes is null ? null : new Projection(source.Attributes);
        _body = new PageBody(source, _projection);
    }

    public async Task<PageReply> SendAsync(PageRequest request, CancellationToken cancellation)
    {
        try
        {
            string operation = _source.Key is null ? "Scan" : "Query";
            byte[] answer = await _send(operation, _body.Build(request), cancellation).ConfigureAwait(false);
            PageReply reply = PageAnswer.Read(answer);
            return _projection is null ? reply : reply with { Items = reply.Items.ConvertAll(_projection.Arrange) };
        }
        catch (Exception exception)
        {
            Fault fault = FaultReader.Read(exception);
            return new PageReply(fault.Reply)
            {
                Throttled = fault.Throttled,
                Reached = fault.Reached,
                Message = fault.Message,
                Failure = fault.Reply is ReplyKind.TableFailed or ReplyKind.Fatal ? _describe(fault, _source.Schema.TableName) : null,
            };
        }
    }
}
