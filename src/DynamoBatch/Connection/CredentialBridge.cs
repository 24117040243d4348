using System;
using System.Management.Automation;
using System.Threading.Tasks;
using DynamoBatch.Core;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Connection;

/// <summary>
/// Reads AWS credentials by shape. An object of AWS Tools comes from another AWSSDK.Core than ours, so its type is not our type;
/// what it holds is asked anew at each signature, so that it can refresh.
/// </summary>
internal static class CredentialBridge
{
    /// <summary>Settings with the credentials of an object.</summary>
    /// <param name="settings">The settings so far.</param>
    /// <param name="credential">The object.</param>
    /// <param name="session">Opens what AWS Tools keeps them in.</param>
    /// <exception cref="DdbException">There are no AWS credentials in it.</exception>
    public static ConnectionSettings With(this ConnectionSettings settings, object credential, AwsToolsSession session)
    {
        object target = Find(settings, credential, session);
        if ((Keys(target) ?? FixedKeys(target)) is { } keys)
        {
            return settings with { AccessKey = keys.AccessKey, SecretKey = keys.SecretKey, SessionToken = keys.SessionToken };
        }

        // Bound to the object itself, so that two runs with the same object have equal settings, and share a connection.
        return CanBeAsked(target) ? settings with { Credentials = target.AskAsync } : throw NotUnderstood(settings, target);
    }

    private static object Find(ConnectionSettings settings, object credential, AwsToolsSession session)
    {
        object target = ObjectShape.Unwrap(credential);
        if (target is PSCredential)
        {
            throw new DdbException(
                FailureKind.CredentialsInvalid,
                $"A PSCredential, a user name and password, is in {settings.CredentialsName}, perhaps from $PSDefaultParameterValues['*:Credential']; '-Credential $null' leaves that out. AWS credentials come from Get-AWSCredential, -ProfileName, or -AccessKey and -SecretKey.");
        }

        // Use-STSRole, and 'aws sts assume-role' read from JSON, answer with an object whose Credentials are meant.
        if (!CanBeAsked(target) && !AwsToolsSession.IsHolder(target) && ObjectShape.Member(credential, "Credentials") is { } inner && inner is not string)
        {
            target = ObjectShape.Unwrap(inner);
        }

        return AwsToolsSession.IsHolder(target) ? session.Open(target) : target;
    }

    private static bool CanBeAsked(object target) => target.GetType().GetMethod("GetCredentials", Type.EmptyTypes) is not null;

    /// <summary>Keys that lie open; null where they have to be asked for.</summary>
    private static ForeignCredentials? Keys(object holder)
    {
        string? accessKey = Text(holder, "AccessKeyId") ?? Text(holder, "AccessKey");
        string? secretKey = Text(holder, "SecretAccessKey") ?? Text(holder, "SecretKey");
        string? token = Text(holder, "SessionToken") ?? Text(holder, "Token");
        return accessKey is null || secretKey is null ? null : new ForeignCredentials(accessKey, secretKey, token);
    }

    /// <summary>
    /// Keys of objects that can never refresh. Taken by value: 'Get-AWSCredential -ProfileName' makes a new object each time, which
    /// would be a new connection each time.
    /// </summary>
    private static ForeignCredentials? FixedKeys(object target)
    {
        Type type = target.GetType();
        return type.Name is "BasicAWSCredentials" or "SessionAWSCredentials" && type.GetMethod("GetCredentials", Type.EmptyTypes)?.Invoke(target, null) is { } answer
            ? Keys(answer)
            : null;
    }

    /// <summary>Asks a credentials object, which may have to refresh. On any thread; holds none while it waits.</summary>
    private static async Task<ForeignCredentials> AskAsync(this object credentials)
    {
        Type type = credentials.GetType();
        object? answer;
        if (type.GetMethod("GetCredentialsAsync", Type.EmptyTypes)?.Invoke(credentials, null) is Task asking)
        {
            await asking.ConfigureAwait(false);
            answer = asking.GetType().GetProperty("Result")?.GetValue(asking);
        }
        else
        {
            answer = type.GetMethod("GetCredentials", Type.EmptyTypes)!.Invoke(credentials, null);
        }

        return answer is null || Keys(answer) is not { } keys
            ? throw new DdbException(FailureKind.CredentialsInvalid, $"An object of type {type.Name} gave no access key and secret key.")
            : keys;
    }

    private static DdbException NotUnderstood(ConnectionSettings settings, object target)
    {
        string type = ObjectShape.TypeName(target);
        string copy = type.StartsWith("Deserialized.", StringComparison.Ordinal)
            ? " It is a copy out of a job or another machine, and has lost its keys."
            : string.Empty;
        return new DdbException(
            FailureKind.CredentialsInvalid,
            $"No access key and secret key were found in {settings.CredentialsName}, an object of type {type}.{copy} {settings.CredentialsRenewal}");
    }

    private static string? Text(object holder, string name) =>
        ObjectShape.Member(holder, name) is { } value && ObjectShape.Unwrap(value) is string { Length: > 0 } text ? text : null;
}
