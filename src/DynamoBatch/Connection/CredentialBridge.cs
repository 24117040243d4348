using System;
using System.Management.Automation;
using System.Reflection;
using DynamoBatch.Core;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Connection;

/// <summary>
/// Reads AWS credentials by shape. An object of AWS Tools comes from another AWSSDK.Core than ours, so its type is not our type;
/// what it holds is asked anew at each signature, so that it can refresh.
/// </summary>
internal static class CredentialBridge
{
    public static Func<ForeignCredentials> From(object credential)
    {
        object target = Unwrap(credential);
        if (target is PSCredential)
        {
            throw new DdbException(
                FailureKind.CredentialsInvalid,
                "-Credential got a PSCredential, a user name and password, perhaps from $PSDefaultParameterValues. AWS credentials come from Get-AWSCredential, -ProfileName, or -AccessKey and -SecretKey.");
        }

        // Use-STSRole, and 'aws sts assume-role' read from JSON, answer with an object whose Credentials are meant.
        if (PSObject.AsPSObject(credential).Properties["Credentials"]?.Value is { } inner)
        {
            target = Unwrap(inner);
        }

        // Bound to the object itself, so that two runs with the same object have equal settings, and share a connection.
        return target.Read;
    }

    /// <summary>The object itself; a property bag stays one, for its base object has nothing in it.</summary>
    private static object Unwrap(object value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapper ? wrapper.BaseObject : value;

    private static ForeignCredentials Read(this object target)
    {
        MethodInfo? get = target.GetType().GetMethod("GetCredentials", Type.EmptyTypes);
        object holder = get?.Invoke(target, null) ?? target;
        string? accessKey = Text(holder, "AccessKey") ?? Text(holder, "AccessKeyId");
        string? secretKey = Text(holder, "SecretKey") ?? Text(holder, "SecretAccessKey");
        string? token = Text(holder, "Token") ?? Text(holder, "SessionToken");
        return accessKey is null || secretKey is null
            ? throw new DdbException(
                FailureKind.CredentialsInvalid,
                $"-Credential got an object of type {target.GetType().Name}, in which no access key and secret key were found. Pass what Get-AWSCredential or Use-STSRole gives.")
            : new ForeignCredentials(accessKey, secretKey, string.IsNullOrEmpty(token) ? null : token);
    }

    private static string? Text(object holder, string name) => PSObject.AsPSObject(holder).Properties[name]?.Value as string;
}
