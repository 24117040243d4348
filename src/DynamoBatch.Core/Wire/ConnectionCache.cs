using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace DynamoBatch.Core.Wire;

/// <summary>
/// The connections used last, by their settings, so that <c>... | ForEach-Object { $_ | Write-DdbBatch T }</c> connects once. A
/// connection that drops out lives on for the runs that use it. The only mutable static there is; thread-safe.
/// </summary>
public static class ConnectionCache
{
    /// <summary>Connections hold credentials, so not all that there ever were are kept.</summary>
    internal const int Capacity = 16;

    /// <summary>The one used last stands last. Guarded by itself.</summary>
    private static readonly List<((ConnectionSettings Settings, string Environment) Key, Lazy<DdbConnection> Connection)> Connections = [];

    /// <summary>What the SDK's chain reads besides files: a session that sets another profile gets another connection.</summary>
    private static readonly string[] Variables =
    [
        "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN",
        "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT",
    ];

    /// <summary>The connection for these settings.</summary>
    /// <param name="settings">What the user said.</param>
    /// <exception cref="DdbException">There are no credentials, or no region. A failure is not kept.</exception>
    public static DdbConnection Get(ConnectionSettings settings)
    {
        (ConnectionSettings Settings, string Environment) key = KeyOf(settings);
        Lazy<DdbConnection> connection = Touch(key);
        try
        {
            return connection.Value;
        }
        catch (Exception)
        {
            lock (Connections)
            {
                Connections.RemoveAll(c => c.Connection == connection);
            }

            throw;
        }
    }

    /// <summary>The connection by which names are completed: one that a command has opened, or else one that asks nobody for credentials.</summary>
    /// <param name="settings">What the user said.</param>
    /// <exception cref="DdbException">There are no credentials, or no region.</exception>
    public static DdbConnection GetForNames(ConnectionSettings settings)
    {
        (ConnectionSettings Settings, string Environment) key = KeyOf(settings);
        Lazy<DdbConnection>? open;
        lock (Connections)
        {
            open = Connections.Find(c => c.Key == key).Connection;
        }

        return open is { IsValueCreated: true } ? open.Value : Get(settings with { WithoutProbing = true });
    }

    /// <summary>Finds the connection or begins one, and makes it the one used last.</summary>
    private static Lazy<DdbConnection> Touch((ConnectionSettings Settings, string Environment) key)
    {
        lock (Connections)
        {
            int at = Connections.FindIndex(c => c.Key == key);
            Lazy<DdbConnection> connection = at >= 0 ? Connections[at].Connection : new Lazy<DdbConnection>(() => new DdbConnection(key.Settings));
            if (at >= 0 || Connections.Count == Capacity)
            {
                Connections.RemoveAt(Math.Max(at, 0));
            }

            Connections.Add((key, connection));
            return connection;
        }
    }

    private static (ConnectionSettings Settings, string Environment) KeyOf(ConnectionSettings settings) =>
        (settings, string.Join("\n", Array.ConvertAll(Variables, Environment.GetEnvironmentVariable)) + FileTimes(settings));

    /// <summary>When the shared files last changed: new keys in a profile are another connection, not a new shell.</summary>
    private static string FileTimes(ConnectionSettings settings)
    {
        string folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws");
        string?[] files =
        [
            settings.ProfileLocation,
            Environment.GetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE") ?? Path.Combine(folder, "credentials"),
            Environment.GetEnvironmentVariable("AWS_CONFIG_FILE") ?? Path.Combine(folder, "config"),

            // Where AWS Tools stores profiles on Windows.
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "AWSToolkit", "RegisteredAccounts.json"),
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
