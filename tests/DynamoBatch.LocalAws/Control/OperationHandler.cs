using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Control;

/// <summary>Performs one operation. A <see cref="System.Text.Json.JsonException" /> is the caller's: leave bad requests to the backend.</summary>
internal delegate Task<Answer> OperationHandler(OperationCall call, CancellationToken cancellationToken);
