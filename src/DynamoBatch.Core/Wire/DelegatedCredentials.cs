using System;
using System.Reflection;
using Amazon.Runtime;

namespace DynamoBatch.Core.Wire;

/// <summary>Credentials that are asked for anew at each signature, so that whoever refreshes them refreshes them here too.</summary>
internal sealed class DelegatedCredentials : AWSCredentials
{
    private readonly Func<ForeignCredentials> _source;

    public DelegatedCredentials(Func<ForeignCredentials> source) => _source = source;

    public override ImmutableCredentials GetCredentials()
    {
        ForeignCredentials current = Ask();
        return new ImmutableCredentials(current.AccessKey, current.SecretKey, current.SessionToken);
    }

    private ForeignCredentials Ask()
    {
        try
        {
            return _source();
        }
        catch (Exception exception) when (exception is not DdbException)
        {
            // Whatever it is, nothing was sent: taken for a lost connection it would be tried again for minutes.
            Exception cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            throw new DdbException(FailureKind.CredentialsInvalid, $"The credentials object gave no credentials: {cause.Message}", exception);
        }
    }
}
