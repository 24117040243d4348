using System;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Control;

/// <summary>What an operation's handler gets.</summary>
/// <param name="Operation">CreateTable, ...</param>
/// <param name="Body">The request's JSON.</param>
/// <param name="ForwardAsync">Forwards a body to the next handler of the operation, and from the last one to the backend, under the client's headers.</param>
internal sealed record OperationCall(string Operation, ReadOnlyMemory<byte> Body, Func<ReadOnlyMemory<byte>, CancellationToken, Task<Answer>> ForwardAsync);
