using System;
using System.Reflection;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace DynamoBatch.Core.Wire;

/// <summary>Credentials that are asked for anew at each signature, so that whoever refreshes them refreshes them here too.</summary>
internal sealed class DelegatedCredentials : AWSCredentials
{
    private readonly Func<Task<ForeignCredentials>> _source;

    public DelegatedCredentials(Func<Task<ForeignCredentials>> source) => _source = source;

    /// <summary>Only the SDK's own pipeline asks this way, for the few requests that are not items.</summary>
    public override ImmutableCredentials GetCredentials() => GetCredentialsAsync().ConfigureAwait(false).GetAwaiter().GetResult();

    /// <summary>How the lanes ask. While the credentials refresh, no lane may hold a thread: the refresh needs one itself.</summary>
    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        ForeignCredentials current = await AskAsync().ConfigureAwait(false);
        return new ImmutableCredentials(current.AccessKey, current.SecretKey, current.SessionToken);
    }

    private async Task<ForeignCredentials> AskAsync()
    {
        try
        {
            return await _source().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not DdbException)
        {
            // Whatever it is, nothing was sent: taken for a lost connection it would be tried again for minutes.
            Exception cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            throw new DdbException(FailureKind.CredentialsInvalid, $"The credentials object gave no credentials: {cause.Message}", exception);
        }
    }
}
