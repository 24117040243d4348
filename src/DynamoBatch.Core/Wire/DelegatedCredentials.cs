using System;
using System.Reflection;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace DynamoBatch.Core.Wire;

/// <summary>
/// Credentials that are asked for anew at each signature, so that whoever refreshes them refreshes them here too. What fails there
/// is told apart from what the service or the way to it says: nothing was sent.
/// </summary>
internal sealed class DelegatedCredentials : AWSCredentials
{
    private readonly Func<Task<ImmutableCredentials>> _source;

    public DelegatedCredentials(Func<Task<ImmutableCredentials>> source) => _source = source;

    public DelegatedCredentials(Func<Task<ForeignCredentials>> source)
        : this(async () =>
        {
            ForeignCredentials current = await source().ConfigureAwait(false);
            return new ImmutableCredentials(current.AccessKey, current.SecretKey, current.SessionToken);
        })
    {
    }

    /// <summary>Only the SDK's own pipeline asks this way, for the few requests that are not items.</summary>
    public override ImmutableCredentials GetCredentials() => GetCredentialsAsync().ConfigureAwait(false).GetAwaiter().GetResult();

    /// <summary>How the lanes ask. While the credentials refresh, no lane may hold a thread: the refresh needs one itself.</summary>
    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        try
        {
            return await _source().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not DdbException)
        {
            Exception fault = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            Exception cause = fault.GetBaseException();

            // What is no JSON is quoted where it breaks, and may be the answer of a credential process.
            bool isQuoted = cause is JsonException;
            string why = fault.Message.TrimEnd('.') + (cause == fault || isQuoted ? string.Empty : $": {cause.Message}");
            Exception? kept = isQuoted ? null : exception;

            // A question that the user cancelled is not asked again.
            throw fault is not OperationCanceledException && FaultReader.HasNetworkCause(fault)
                ? new DdbException(FailureKind.EndpointUnreachable, $"New credentials could not be asked for: {why}", kept)
                : new DdbException(FailureKind.CredentialsInvalid, why, kept);
        }
    }
}
