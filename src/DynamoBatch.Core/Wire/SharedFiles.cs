using System;
using System.IO;
using Amazon.Runtime.CredentialManagement;

namespace DynamoBatch.Core.Wire;

/// <summary>
/// The shared AWS files, where profiles are. The SDK asks the environment for them once in a process, and takes those of the home
/// folder where one that is named is not there: profiles of the same name there may be another account's.
/// </summary>
internal static class SharedFiles
{
    /// <summary>Opens the files.</summary>
    /// <param name="location">The credentials file; null for those that the environment names, or the usual ones.</param>
    /// <exception cref="DdbException">The SDK would read others than the environment names.</exception>
    public static CredentialProfileStoreChain Open(string? location)
    {
        if (location is null)
        {
            Check("AWS_SHARED_CREDENTIALS_FILE", "credentials", SharedCredentialsFile.DefaultFilePath);
            Check("AWS_CONFIG_FILE", "config", SharedCredentialsFile.DefaultConfigFilePath);
        }

        return new CredentialProfileStoreChain(location);
    }

    private static void Check(string variable, string usualName, string taken)
    {
        string? named = EnvironmentText.Of(variable);
        bool isMeant = named is null ? taken.EndsWith(Path.Combine(".aws", usualName), StringComparison.Ordinal) : taken == named;
        if (isMeant || (!File.Exists(taken) && (named is null || !File.Exists(named))))
        {
            return;
        }

        throw new DdbException(
            FailureKind.CredentialsInvalid,
            named is null
                ? $"{variable} is no longer set, and the AWS SDK, which reads it once, would still take '{taken}'. Set it again, pass -ProfileLocation, or start a new PowerShell."
            : File.Exists(named)
                ? $"{variable} names '{named}', and the AWS SDK, which reads it once, would still take '{taken}'. Pass -ProfileLocation, or start a new PowerShell."
            : $"{variable} names '{named}', which is not there; the AWS SDK would take '{taken}' instead. Correct the variable, or remove it.");
    }
}
