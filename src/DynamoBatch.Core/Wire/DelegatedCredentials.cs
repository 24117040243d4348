using System;
using Amazon.Runtime;

namespace DynamoBatch.Core.Wire;

/// <summary>Credentials that are asked for anew at each signature, so that whoever refreshes them refreshes them here too.</summary>
internal sealed class DelegatedCredentials : AWSCredentials
{
    private readonly Func<ForeignCredentials> _source;

    public DelegatedCredentials(Func<ForeignCredentials> source) => _source = source;

    public override ImmutableCredentials GetCredentials()
    {
        ForeignCredentials current = _source();
        return new ImmutableCredentials(current.AccessKey, current.SecretKey, current.SessionToken);
    }
}
