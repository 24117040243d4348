using System;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Wire;

/// <summary>Why TLS did not come about. .NET tells it in a message's words only.</summary>
internal static class TlsFaults
{
    /// <summary>
    /// Reads the message of an AuthenticationException. Where the endpoint never was a good one, trying again helps none of them; in
    /// mid-run it may be a proxy that starts anew.
    /// </summary>
    public static Fault Read(string message)
    {
        bool certificate = Has(message, "certificate");
        bool untrusted = Has(message, "UntrustedRoot") || Has(message, "PartialChain");
        string text = !certificate ? $"TLS could not be agreed on ({message.TrimEnd('.')}): perhaps it speaks plain http"
            : Has(message, "NameMismatch") ? "Its TLS certificate is for another host name"
            : Has(message, "NotTimeValid") ? "Its TLS certificate has expired, or is not valid yet"
            : untrusted ? "Its TLS certificate is self-signed, or signed by an authority that this machine does not trust"
            : Has(message, "Revoked") ? "Its TLS certificate has been revoked"
            : $"Its TLS certificate was not accepted ({message.TrimEnd('.')})";
        return new Fault(ReplyKind.NotWritten, FailureKind.EndpointUnreachable, text, Reached: false, Untrusted: untrusted) { IsTls = true };
    }

    private static bool Has(string message, string word) => message.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
