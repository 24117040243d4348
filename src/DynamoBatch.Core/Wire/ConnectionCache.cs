using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;

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
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT",
    ];

    /// <summary>The connection for these settings.</summary>
    /// <param name="settings">What the user said.</param>
    /// <exception cref="DdbException">There are no credentials, or no region. A failure is not kept.</exception>
    public static DdbConnection Get(ConnectionSettings settings)
    {
        string environment = string.Join("\n", Array.ConvertAll(Variables, Environment.GetEnvironmentVariable)) + FileTimes(settings);
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

    /// <summary>When the shared files last changed: new keys in a profile are another connection, not a new shell.</summary>
    private static string FileTimes(ConnectionSettings settings)
    {
        string folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws");
        string?[] files =
        [
            settings.ProfileLocation,
            Environment.GetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE") ?? Path.Combine(folder, "credentials"),
            Environment.GetEnvironmentVariable("AWS_CONFIG_FILE") ?? Path.Combine(folder, "config"),
        ];
        return string.Join("\n", Array.ConvertAll(files, TimeOf));
    }

    private static string TimeOf(string? file)
    {
        try
        {
            // A file that is not there has a time too.
            return string.IsNullOrEmpty(file) ? string.Empty : File.GetLastWriteTimeUtc(file).Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return string.Empty;
        }
    }
}
