using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace DynamoBatch.LocalAws.Http;

/// <summary>Error answers in the form that DynamoDB gives them.</summary>
internal static class AwsError
{
    private const string DynamoDb = "com.amazonaws.dynamodb.v20120810#";
    private const string Coral = "com.amazon.coral.service#";
    private const string Availability = "com.amazon.coral.availability#";
    private const string Validate = "com.amazon.coral.validate#";

    public static Answer InternalServerError() => Create(500, DynamoDb + "InternalServerError", "Internal server error");

    public static Answer ServiceUnavailable() => Create(503, Coral + "ServiceUnavailableException", "Service is unavailable. Please try again later.");

    public static Answer Validation(string message) => Create(400, Validate + "ValidationException", message);

    public static Answer ResourceNotFound(string message) => Create(400, DynamoDb + "ResourceNotFoundException", message);

    public static Answer ResourceInUse(string message) => Create(400, DynamoDb + "ResourceInUseException", message);

    public static Answer PolicyNotFound(string message) => Create(400, DynamoDb + "PolicyNotFoundException", message);

    public static Answer LimitExceeded(string message) => Create(400, DynamoDb + "LimitExceededException", message);

    /// <summary>Too many calls of the control plane.</summary>
    public static Answer RateExceeded() => Create(400, Availability + "ThrottlingException", "Rate exceeded");

    public static Answer AccessDenied(string action, string resource) =>
        Create(400, Coral + "AccessDeniedException", NotAuthorized(action, resource), messageName: "Message");

    public static string NotAuthorized(string action, string resource) =>
        $"User: arn:aws:iam::000000000000:user/local is not authorized to perform: dynamodb:{action} on resource: {resource} "
        + $"because no identity-based policy allows the dynamodb:{action} action";

    public static Answer TransactionConflict(string message) => Create(400, DynamoDb + "TransactionConflictException", message);

    public static Answer TransactionInProgress() =>
        Create(400, DynamoDb + "TransactionInProgressException", "The transaction with the given request token is already in progress", messageName: "Message");

    /// <summary>A transaction of which nothing was done; a reason for each action, null for one that is not to blame.</summary>
    public static Answer TransactionCanceled(IReadOnlyList<(string? Code, string? Message)> reasons)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("__type", DynamoDb + "TransactionCanceledException");
            json.WriteString("Message", "Transaction cancelled, please refer cancellation reasons for specific reasons ["
                + string.Join(", ", reasons.Select(r => r.Code ?? "None")) + "]");
            json.WriteStartArray("CancellationReasons");
            foreach (var (code, message) in reasons)
            {
                json.WriteStartObject();
                json.WriteString("Code", code ?? "None");
                if (message is not null)
                {
                    json.WriteString("Message", message);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Json(400, stream.ToArray());
    }

    public static Answer ExpiredToken() => Create(400, Coral + "ExpiredTokenException", "The security token included in the request is expired");

    public static Answer UnrecognizedClient() =>
        Create(400, Coral + "UnrecognizedClientException", "The security token included in the request is invalid.");

    public static Answer InvalidSignature(string message) => Create(400, Coral + "InvalidSignatureException", message);

    /// <summary>A throttled request. Tables with provisioned capacity get the first exception, on-demand ones the second.</summary>
    public static Answer Throttled(bool onDemand, IEnumerable<(string Reason, string Resource)> reasons) => onDemand
        ? Create(400, DynamoDb + "ThrottlingException",
            "Throughput exceeds the current capacity for one or more global secondary indexes or the table.", reasons: reasons)
        : Create(400, DynamoDb + "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
            reasons: reasons);

    /// <summary>The names that a client reads in errors and throttling reasons.</summary>
    public static string TableArn(string? table) => $"arn:aws:dynamodb:us-east-1:000000000000:table/{table ?? "*"}";

    public static Answer Create(
        int status, string type, string message, string messageName = "message", IEnumerable<(string Reason, string Resource)>? reasons = null)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("__type", type);
            json.WriteString(messageName, message);
            if (reasons is not null)
            {
                // The two exceptions spell it differently.
                json.WriteStartArray(type.EndsWith("#ThrottlingException", StringComparison.Ordinal) ? "throttlingReasons" : "ThrottlingReasons");
                foreach (var (reason, resource) in reasons)
                {
                    json.WriteStartObject();
                    json.WriteString("reason", reason);
                    json.WriteString("resource", resource);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Json(status, stream.ToArray());
    }

    public static Answer Json(int status, byte[] body) => new(status, body,
    [
        new("Content-Type", AwsHeaders.ContentType),
        new(AwsHeaders.RequestId, Guid.NewGuid().ToString("N").ToUpperInvariant() + "LOCALAWSLOCALAWSLOCA"),
        new(AwsHeaders.Crc32, Crc32.Text(body)),
    ]);
}
