using System.Linq;
using Amazon.Runtime;

namespace DynamoBatch.Core.Wire;

/// <summary>Keys and tokens as they were typed or copied. A line break in one would end a header of the request.</summary>
internal static class CopiedKeys
{
    /// <summary>Credentials of these keys.</summary>
    /// <param name="name">Where they come from.</param>
    /// <param name="accessKey">The access key.</param>
    /// <param name="secretKey">The secret key.</param>
    /// <param name="token">The session token; null or empty where there is none.</param>
    /// <exception cref="DdbException">One of them cannot be what AWS gave.</exception>
    public static AWSCredentials ToCredentials(string name, string accessKey, string secretKey, string? token)
    {
        Check(accessKey, "access key", name);
        Check(secretKey, "secret key", name);
        if (string.IsNullOrEmpty(token))
        {
            return new BasicAWSCredentials(accessKey, secretKey);
        }

        Check(token!, "session token", name);
        return new SessionAWSCredentials(accessKey, secretKey, token);
    }

    private static void Check(string text, string part, string name)
    {
        if (text.Any(c => c is <= ' ' or > '~'))
        {
            throw new DdbException(
                FailureKind.CredentialsInvalid,
                $"The {part} of {name} has a space, a line break or another character in it that no key of AWS has. Copy it again; what was read from a file may need Trim().");
        }
    }
}
