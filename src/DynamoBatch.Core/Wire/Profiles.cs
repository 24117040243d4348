using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace DynamoBatch.Core.Wire;

/// <summary>Profiles of the shared AWS files: their credentials, and what renews them.</summary>
internal static class Profiles
{
    /// <summary>Longer chains of source profiles are not followed for a message's sake.</summary>
    private const int LongestChain = 5;

    private static readonly Regex Header = new(@"^\s*\[\s*(?:profile\s+)?([^\s\]]+)\s*\]", RegexOptions.CultureInvariant);

    /// <summary>The profile that the SDK takes where none is named.</summary>
    public static string DefaultName => EnvironmentText.Of("AWS_PROFILE") ?? "default";

    /// <summary>A profile's credentials.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="location">The credentials file; null for the usual places.</param>
    /// <param name="namedBy">Such as -ProfileName.</param>
    /// <exception cref="DdbException">There is no such profile, or nothing in it that gives credentials.</exception>
    public static AWSCredentials GetCredentials(string name, string? location, string namedBy)
    {
        if (location?.Length == 0)
        {
            throw new DdbException(FailureKind.CredentialsInvalid, "-ProfileLocation is empty. Name the file, or leave it out.");
        }

        return Find(name, location)
            ?? throw (SharedFiles.Open(location).TryGetProfile(name, out _)
                ? new DdbException(
                    FailureKind.CredentialsInvalid,
                    $"Profile '{name}' has no complete credentials in it, neither keys nor a role, a login or a process. Run 'aws configure --profile {name}'.")
                : NotFound(name, location, namedBy));
    }

    /// <summary>A profile's credentials; null where there is no such profile, or it has none.</summary>
    /// <exception cref="DdbException">It has some, and they cannot be used.</exception>
    public static AWSCredentials? Find(string name, string? location)
    {
        try
        {
            var chain = SharedFiles.Open(location);
            return chain.TryGetProfile(name, out CredentialProfile profile) && profile.CanCreateAWSCredentials ? profile.GetAWSCredentials(chain) : null;
        }
        catch (Exception exception) when (exception is AmazonClientException or ArgumentException or InvalidOperationException or InvalidDataException)
        {
            // A kind of login whose assembly of the SDK is not shipped.
            string message = exception.Message.Contains("could not be found or loaded")
                ? $"Profile '{name}' is of a kind that DynamoBatch cannot use by itself. Load its keys into the environment: aws configure export-credentials --profile {name} --format powershell | Out-String | Invoke-Expression"
                : $"Profile '{name}' cannot be used: {exception.Message}";
            throw new DdbException(FailureKind.CredentialsInvalid, message, exception);
        }
    }

    /// <summary>Says that there is no such profile, and which there are.</summary>
    public static DdbException NotFound(string name, string? location, string namedBy)
    {
        string known = string.Join(", ", List(location).Select(p => p.Name));
        return new DdbException(
            FailureKind.CredentialsInvalid,
            $"There is no AWS profile named '{name}', which {namedBy} names. "
                + (known.Length > 0 ? $"There are: {known}." : "No profiles were found; -ProfileLocation names the file, 'aws configure' makes one."));
    }

    /// <summary>The profiles there are, by name; null is one that is not complete.</summary>
    public static IReadOnlyList<(string Name, CredentialProfile? Profile)> List(string? location)
    {
        CredentialProfileStoreChain chain = SharedFiles.Open(location);
        try
        {
            List<CredentialProfile> profiles = chain.ListProfiles();
            if (chain.TryGetProfile("default", out CredentialProfile unlisted))
            {
                // Which the SDK finds in the config file, and does not list.
                profiles.Add(unlisted);
            }

            return profiles.GroupBy(p => p.Name, StringComparer.Ordinal).Select(g => (g.Key, (CredentialProfile?)g.First())).ToArray();
        }
        catch (Exception exception) when (exception is AmazonClientException or ArgumentException or InvalidDataException)
        {
            // One that is not complete keeps the SDK from listing the others.
            string[] files = location is null ? [SharedCredentialsFile.DefaultFilePath, SharedCredentialsFile.DefaultConfigFilePath] : [location];
            return files.Where(File.Exists).SelectMany(File.ReadLines).Select(l => Header.Match(l)).Where(m => m.Success)
                .Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).Select(name => (name, FindComplete(chain, name))).ToArray();
        }
    }

    /// <summary>The region that a profile names.</summary>
    public static string? GetRegion(string name, string? location) =>
        SharedFiles.Open(location).TryGetProfile(name, out CredentialProfile profile) ? profile.Region?.SystemName : null;

    /// <summary>What gets a profile new credentials.</summary>
    public static string Renewal(string name, string? location)
    {
        var chain = SharedFiles.Open(location);
        string at = name;
        for (int step = 0; step < LongestChain; step++)
        {
            if (!chain.TryGetProfile(at, out CredentialProfile profile))
            {
                return $"There is no profile '{at}', which it builds on.";
            }

            CredentialProfileOptions options = profile.Options;
            if (options.SsoSession is not null || options.SsoStartUrl is not null)
            {
                return $"Run 'aws sso login --profile {at}' or Invoke-AWSSSOLogin -ProfileName {at}.";
            }

            if (options.LoginSession is not null)
            {
                return $"Run 'aws login --profile {at}'.";
            }

            if (options.CredentialProcess is not null)
            {
                return $"They come from the credential_process of profile '{at}': log in where that process wants it.";
            }

            if (options.SourceProfile is not { } source || source == at)
            {
                break;
            }

            at = source;
        }

        return $"Put new keys in profile '{at}', or name another with -ProfileName.";
    }

    private static CredentialProfile? FindComplete(CredentialProfileStoreChain chain, string name)
    {
        try
        {
            return chain.TryGetProfile(name, out CredentialProfile profile) ? profile : null;
        }
        catch (AmazonClientException)
        {
            return null;
        }
    }
}
