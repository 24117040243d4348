using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Wire;

/// <summary>Turns faults into what they mean for a write. The only place that knows exceptions of the SDK and of the network.</summary>
internal static class FaultReader
{
    private static readonly HashSet<string> Throttling = new(StringComparer.Ordinal)
    {
        "ProvisionedThroughputExceededException", "ThrottlingException", "Throttling", "ThrottledException",
        "RequestLimitExceeded", "RequestThrottled", "TooManyRequestsException", "SlowDown", "LimitExceededException",
    };

    /// <summary>Refused as a whole for now, surely without effect.</summary>
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "TransactionConflictException", "TransactionInProgressException", "ReplicatedWriteConflictException", "RequestTimeTooSkewed",
    };

    private static readonly HashSet<string> TimedOut = new(StringComparer.Ordinal) { "RequestTimeout", "RequestTimeoutException" };

    private static readonly HashSet<string> Credentials = new(StringComparer.Ordinal)
    {
        "UnrecognizedClientException", "InvalidSignatureException", "SignatureDoesNotMatch", "ExpiredTokenException", "ExpiredToken",
        "MissingAuthenticationTokenException", "MissingAuthenticationToken", "IncompleteSignatureException", "IncompleteSignature",
        "InvalidClientTokenId", "InvalidAccessKeyId", "OptInRequired", "RequestExpired", "InvalidToken",
    };

    /// <summary>What follows in the message of a wrong signature: the request's headers, the session token among them.</summary>
    private const string SignedText = "The Canonical String for this request";

    /// <summary>Reads a fault.</summary>
    public static Fault Read(Exception exception)
    {
        Exception cause = exception is ServiceFaultException answered ? answered.Fault : exception;
        return Classify(exception) with { Cause = cause.Message.Contains(SignedText) ? null : cause };
    }

    /// <summary>The service's number of the request that an exception tells of, for who asks AWS about it; null where there is none.</summary>
    public static string? RequestIdOf(Exception? exception)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            if (at is AmazonServiceException { RequestId.Length: > 0 } fault)
            {
                return fault.RequestId;
            }
        }

        return null;
    }

    private static Fault Classify(Exception exception)
    {
        if (exception is ServiceFaultException answered)
        {
            return ReadService(answered.Fault);
        }

        if (exception is JsonException)
        {
            return new Fault(ReplyKind.Ambiguous, FailureKind.OutcomeUnknown, $"The answer could not be read: {exception.Message}");
        }

        if (exception is AmazonServiceException { ErrorCode.Length: > 0 } or AmazonServiceException { StatusCode: >= HttpStatusCode.BadRequest })
        {
            return ReadService((AmazonServiceException)exception);
        }

        return ReadNetwork(exception);
    }

    private static Fault ReadService(AmazonServiceException fault)
    {
        string code = fault.ErrorCode ?? string.Empty;
        string message = Describe(code, fault);
        if ((int)fault.StatusCode >= 500)
        {
            // The service may have written before it failed.
            return new Fault(ReplyKind.Ambiguous, FailureKind.OutcomeUnknown, message);
        }

        if (Throttling.Contains(code))
        {
            return new Fault(ReplyKind.NotWritten, FailureKind.ItemUnprocessed, message, Throttled: true);
        }

        if ((int)fault.StatusCode == 408 || TimedOut.Contains(code))
        {
            // The service, or what stands before it, waited too long for something: perhaps for its own write.
            return new Fault(ReplyKind.Ambiguous, FailureKind.OutcomeUnknown, message);
        }

        if (Passing.Contains(code) || IsClockSkew(code, fault.Message))
        {
            return new Fault(ReplyKind.NotWritten, FailureKind.ItemUnprocessed, message);
        }

        if (Credentials.Contains(code))
        {
            return new Fault(ReplyKind.Fatal, FailureKind.CredentialsInvalid, message);
        }

        if (code.Length == 0)
        {
            return ReadBare(fault, message);
        }

        return code switch
        {
            "AccessDeniedException" or "AccessDenied" => new Fault(ReplyKind.TableFailed, FailureKind.AccessDenied, message),
            "ResourceNotFoundException" or "TableNotFoundException" => new Fault(ReplyKind.TableFailed, FailureKind.TableNotFound, message),
            "ResourceInUseException" or "TableInUseException" => new Fault(ReplyKind.TableFailed, FailureKind.TableNotActive, message),
            _ => new Fault(ReplyKind.Rejected, FailureKind.ItemRejected, message),
        };
    }

    /// <summary>A status without an error code is not how DynamoDB refuses an item, but for a body that is too large.</summary>
    private static Fault ReadBare(AmazonServiceException fault, string message) => (int)fault.StatusCode switch
    {
        400 or 413 => new Fault(ReplyKind.Rejected, FailureKind.ItemRejected, message) { IsBare = true },
        429 => new Fault(ReplyKind.NotWritten, FailureKind.ItemUnprocessed, message, Throttled: true),
        _ => new Fault(ReplyKind.Fatal, FailureKind.EndpointUnreachable, message).ToForeign(),
    };

    private static Fault ReadNetwork(Exception exception)
    {
        bool connected = false;
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            // A route that is lost under an open connection is told as an I/O error; the request may have gone before.
            connected |= at is IOException;
            if (at is DdbException known)
            {
                // Thrown by whoever keeps the credentials fresh, before anything is sent. A network that is gone may come back.
                ReplyKind reply = known.Kind is FailureKind.EndpointUnreachable ? ReplyKind.NotWritten : ReplyKind.Fatal;
                return new Fault(reply, known.Kind, known.Message, Reached: false);
            }

            if (at is AuthenticationException)
            {
                return TlsFaults.Read(at.Message);
            }

            if (!connected && IsNeverConnected(at))
            {
                return new Fault(ReplyKind.NotWritten, FailureKind.EndpointUnreachable, $"The endpoint could not be reached: {at.Message}", Reached: false);
            }
        }

        if (exception is (AmazonClientException or ProcessAWSCredentialException) && !HasNetworkCause(exception))
        {
            // Thrown before anything is sent: no credentials, a profile that needs a login, a role that cannot be assumed.
            Exception cause = exception.GetBaseException();
            string why = cause == exception ? string.Empty : $": {cause.Message}";
            return new Fault(ReplyKind.Fatal, FailureKind.CredentialsInvalid, exception.Message.TrimEnd('.') + why, Reached: false);
        }

        return exception is OperationCanceledException
            ? new Fault(ReplyKind.Ambiguous, FailureKind.OutcomeUnknown, "No answer came in time.", Reached: false)
            : exception.GetBaseException() is JsonException ? new Fault(ReplyKind.Ambiguous, FailureKind.OutcomeUnknown, "The answer is not one of DynamoDB's, and may be a proxy's")
            : new Fault(ReplyKind.Ambiguous, FailureKind.OutcomeUnknown, $"The connection was lost: {exception.GetBaseException().Message}", Reached: false);
    }

    /// <summary>Whether an exception tells of the network, so that the same may go well later.</summary>
    public static bool HasNetworkCause(Exception exception)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            if (at is FileNotFoundException or DirectoryNotFoundException)
            {
                return false;
            }

            // An answer that breaks off in the middle fails where the SDK reads it.
            if (at is HttpRequestException or IOException or SocketException or WebException or OperationCanceledException or AmazonUnmarshallingException)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNeverConnected(Exception exception) => exception switch
    {
        SocketException socket => socket.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound
            or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TryAgain or SocketError.NoData,
        WebException web => web.Status is WebExceptionStatus.ConnectFailure or WebExceptionStatus.NameResolutionFailure,
        _ => false,
    };

    /// <summary>The SDK learns the server's clock from such an answer, and signs the next request by it.</summary>
    internal static bool IsClockSkew(string code, string? message) =>
        code is "InvalidSignatureException" or "SignatureDoesNotMatch"
        && message is not null
        && (message.Contains("Signature expired") || message.Contains("Signature not yet current"));

    private static string Describe(string code, AmazonServiceException fault)
    {
        string message = fault.Message ?? string.Empty;
        int signed = message.IndexOf(SignedText, StringComparison.Ordinal);
        message = signed < 0 ? message : message.Substring(0, signed).TrimEnd();

        // Where there was no text the SDK's own stands, which tells nothing.
        string text = code.Length > 0 ? $"{code}: {message}"
            : message.StartsWith("The service returned an error", StringComparison.Ordinal) ? $"HTTP {(int)fault.StatusCode}"
            : $"HTTP {(int)fault.StatusCode}: {message}";
        IEnumerable<ThrottlingReason>? reasons = fault switch
        {
            ProvisionedThroughputExceededException e => e.ThrottlingReasons,
            ThrottlingException e => e.ThrottlingReasons,
            RequestLimitExceededException e => e.ThrottlingReasons,
            _ => null,
        };
        string why = reasons is null ? string.Empty : string.Join("; ", reasons.Select(r => $"{r.Reason} of {r.Resource}"));
        return why.Length == 0 ? text : $"{text} ({why})";
    }
}
