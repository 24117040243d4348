using DynamoBatch.Core.Wire;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Connection;

/// <summary>Connection parameters to a connection. The place where a session of AWS Tools will be asked too.</summary>
internal sealed class ConnectionParameters
{
    private readonly DdbCommand _command;

    public ConnectionParameters(DdbCommand command) => _command = command;

    /// <exception cref="Core.DdbException">There are no credentials, or no region.</exception>
    public DdbConnection Connect() => ConnectionCache.Get(
        new ConnectionSettings
        {
            Region = _command.Region,
            EndpointUrl = _command.EndpointUrl,
            ProfileName = _command.ProfileName,
            ProfileLocation = _command.ProfileLocation,
            AccessKey = _command.AccessKey,
            SecretKey = _command.SecretKey,
            SessionToken = _command.SessionToken,
            Credentials = _command.Credential is { } credential ? CredentialBridge.From(credential) : null,
            CredentialsName = "-Credential",
        });
}
