using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace AwsToolsStandIn;

/// <summary>Credentials of the SDK's refreshing kind: each refresh gives another access key, prefix0, prefix1 and so on.</summary>
public sealed class CountingCredentials : RefreshingAWSCredentials
{
    private readonly string _prefix;
    private readonly TimeSpan _lifetime;
    private int _refreshes;

    internal CountingCredentials(string prefix, TimeSpan lifetime)
    {
        _prefix = prefix;
        _lifetime = lifetime;
        PreemptExpiryTime = TimeSpan.Zero;
    }

    /// <summary>How often they were made anew.</summary>
    public int Refreshes => Volatile.Read(ref _refreshes);

    /// <inheritdoc/>
    protected override CredentialsRefreshState GenerateNewCredentials() =>
        new(new ImmutableCredentials($"{_prefix}{Interlocked.Increment(ref _refreshes) - 1}", "secret", "token"), DateTime.UtcNow + _lifetime);

    /// <inheritdoc/>
    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        // As one that asks a service: it needs a thread to go on.
        await Task.Delay(50).ConfigureAwait(false);
        return GenerateNewCredentials();
    }
}
