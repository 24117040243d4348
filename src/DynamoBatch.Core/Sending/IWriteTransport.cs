using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Sending;

/// <summary>Sends one request, once. What can go wrong comes back as a reply, never as an exception.</summary>
internal interface IWriteTransport
{
    Task<WriteReply> SendAsync(WriteRequest request, CancellationToken cancellation);
}
