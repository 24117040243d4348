using System;
using System.Collections;
using System.Linq;
using System.Threading.Tasks;
using DynamoBatch.Core;
using DynamoBatch.Core.Wire;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Connection;

/// <summary>Connection parameters to a connection. Asks the session of AWS Tools too.</summary>
internal sealed class ConnectionParameters
{
    private const string SessionRenewal = "Set new ones with Set-AWSCredential; if they come from a login, run Invoke-AWSSSOLogin or 'aws sso login' before.";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly DdbCommand _command;

    public ConnectionParameters(DdbCommand command) => _command = command;

    /// <summary>
    /// Opens the connection; ends the command where there are no credentials, or no region. Works beside the pipeline thread: the
    /// SDK may ask instance metadata or a credential process, and hears no Ctrl+C.
    /// </summary>
    /// <param name="crossing">Where the pipeline thread waits.</param>
    /// <returns>The connection; null where Ctrl+C came first.</returns>
    public DdbConnection? Open(Crossing crossing)
    {
        DdbConnection? connection = null;
        DdbException? failure = null;
        try
        {
            ConnectionSettings settings = ToSettings();
            Task<DdbConnection> connecting = Task.Run(() => ConnectionCache.Get(settings));
            while (!connecting.IsCompleted)
            {
                if (_command.StopToken.IsCancellationRequested)
                {
                    return null;
                }

                crossing.Wait(connecting, Tick);
            }

            connection = Crossing.Take(connecting);
        }
        catch (DdbException exception)
        {
            failure = exception;
        }

        if (failure is not null)
        {
            _command.ThrowTerminatingError(ErrorRecords.Run(failure, null, null));
        }

        _command.WriteVerbose($"Region {connection!.Region}, from {connection.RegionSource}.");
        return connection;
    }

    /// <summary>Parameters first, then the session of AWS Tools where it has something to say; the rest is resolved below.</summary>
    /// <param name="settings">What the parameters say.</param>
    /// <param name="given">What -Credential says; null where it says nothing.</param>
    /// <param name="session">The session.</param>
    /// <exception cref="DdbException">There are no AWS credentials in an object.</exception>
    public static ConnectionSettings Complete(ConnectionSettings settings, object? given, AwsToolsSession session)
    {
        if (settings.Region is null && session.StoredRegion is { Length: > 0 } region)
        {
            settings = settings with { Region = region, RegionName = $"the AWS Tools session (${AwsToolsSession.RegionVariable})" };
        }

        if (settings.AccessKey is not null || settings.SecretKey is not null || settings.SessionToken is not null)
        {
            return settings;
        }

        if (given is { } credential)
        {
            const string Renewal = "Get new ones, from Get-AWSCredential or Use-STSRole for example, and pass them.";
            return (settings with { CredentialsName = "-Credential", CredentialsRenewal = Renewal }).With(credential, session);
        }

        return settings.ProfileName is null && settings.ProfileLocation is null && session.StoredCredentials is { } stored
            ? (settings with { CredentialsName = Name(stored), CredentialsRenewal = SessionRenewal }).With(stored, session)
            : settings;
    }

    private ConnectionSettings ToSettings()
    {
        var settings = new ConnectionSettings
        {
            Region = _command.Region,
            EndpointUrl = _command.EndpointUrl,
            ProfileName = _command.ProfileName,
            ProfileLocation = _command.ProfileLocation,
            AccessKey = _command.AccessKey,
            SecretKey = _command.SecretKey,
            SessionToken = _command.SessionToken,
        };
        return settings is { AccessKey: null, ProfileName: null, ProfileLocation: null } && IsLost(nameof(DdbCommand.Credential))
            ? throw new DdbException(
                FailureKind.CredentialsInvalid,
                "-Credential is $null: what should have given it gave nothing. To use the credentials of the session, or those that the AWS SDK finds, leave it out.")
            : Complete(settings, _command.Credential, new AwsToolsSession(_command.SessionState));
    }

    /// <summary>Whether a parameter was given as null, and not to leave out one that $PSDefaultParameterValues holds.</summary>
    private bool IsLost(string parameter) =>
        _command.MyInvocation.BoundParameters.TryGetValue(parameter, out object? value) && value is null
        && !new ParameterNames(_command.MyInvocation.MyCommand)
            .Defaults(_command.SessionState.PSVariable.GetValue("PSDefaultParameterValues") as IDictionary).Any(d => d.Key == parameter);

    /// <summary>What AWS Tools calls them: a profile, or how they were given. The name of a type says nothing.</summary>
    private static string Name(object stored) =>
        AwsToolsSession.IsHolder(stored) && stored.ToString() is { Length: > 0 } name && name != stored.GetType().FullName
            ? $"the AWS Tools session (${AwsToolsSession.CredentialsVariable}: {name})"
            : $"the AWS Tools session (${AwsToolsSession.CredentialsVariable})";
}
