using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace DynamoBatch.LocalAws.Http;

/// <summary>Whose key signed a request, and for which region. The signature itself is not looked at.</summary>
internal static partial class SignatureScope
{
    public static (string AccessKey, string Region) Of(HttpRequest request)
    {
        var scope = Scope().Match(request.Headers.Authorization.ToString());
        return (scope.Groups[1].Value, scope.Groups[2].Value);
    }

    [GeneratedRegex("Credential=([^/]+)/[^/]*/([^/]*)/")]
    private static partial Regex Scope();
}
