using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.Core.Wire;

/// <summary>Sends a body to an operation of the service, once, and gives back the answer's JSON. See <see cref="ServiceSender"/>.</summary>
internal delegate Task<byte[]> SendRequest(string operation, byte[] body, CancellationToken cancellation);
