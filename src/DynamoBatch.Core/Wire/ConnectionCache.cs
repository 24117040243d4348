using System;
using System.Collections.Concurrent;

namespace DynamoBatch.Core.Wire;

/// <summary>
/// Connections by their settings, for the life of the process, so that <c>... | ForEach-Object { $_ | Write-DdbBatch T }</c>
/// connects once. The only mutable static there is; thread-safe.
/// </summary>
public static class ConnectionCache
{
    private static readonly ConcurrentDictionary<(ConnectionSettings Settings, string Environment), Lazy<DdbConnection>> Connections = new();

    /// <summary>What the SDK's chain reads besides files: a session that sets another profile gets another connection.</summary>
    private static readonly string[] Variables =
    [
        "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];

    /// <summary>The connection for these settings.</summary>
    /// <param name="settings">What the user said.</param>
    /// <exception cref="DdbException">There are no credentials, or no region. A failure is not kept.</exception>
    public static DdbConnection Get(ConnectionSettings settings)
    {
        string environment = string.Join("\n", Array.ConvertAll(Variables, Environment.GetEnvironmentVariable));
        var key = (settings, environment);
        Lazy<DdbConnection> connection = Connections.GetOrAdd(key, k => new Lazy<DdbConnection>(() => new DdbConnection(k.Settings)));
        try
        {
            return connection.Value;
        }
        catch (Exception)
        {
            Connections.TryRemove(key, out _);
            throw;
        }
    }
}
