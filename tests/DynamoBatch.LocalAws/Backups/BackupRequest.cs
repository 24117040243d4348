using System;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>What the requests of backups and restores have in common.</summary>
internal static partial class BackupRequest
{
    /// <summary>Parses the request for a handler; what has a wrong shape is refused here, as the backend knows none of these operations.</summary>
    public static OperationHandler Handler(Func<JsonObject, CancellationToken, Task<Answer>> handle) => async (call, cancellationToken) =>
    {
        try
        {
            return await handle(JsonNode.Parse(call.Body.Span) as JsonObject ?? throw new JsonException("An object was expected."), cancellationToken);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return AwsError.Create(400, "com.amazon.coral.service#SerializationException", e.Message);
        }
    };

    public static Answer Json(JsonObject body) => AwsError.Json(200, Encoding.UTF8.GetBytes(body.ToJsonString()));

    /// <summary>A required name; an ARN gives the name in it.</summary>
    /// <returns>The refusal, or null.</returns>
    public static Answer? Name(JsonObject request, string member, out string name)
    {
        name = (string?)request[member] ?? "";
        var field = char.ToLowerInvariant(member[0]) + member[1..];
        if (request[member] is null)
        {
            return AwsError.Validation($"1 validation error detected: Value null at '{field}' failed to satisfy constraint: Member must not be null");
        }

        name = InArn(name);
        return NamePattern().IsMatch(name) ? null : AwsError.Validation(
            $"1 validation error detected: Value '{name}' at '{field}' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+, "
            + "with a length of 3 to 255");
    }

    /// <summary>The table's name in an ARN; other text as it is.</summary>
    public static string InArn(string text)
    {
        var table = text.IndexOf(":table/", StringComparison.Ordinal);
        return text.StartsWith("arn:", StringComparison.Ordinal) && table > 0 ? text[(table + 7)..].Split('/')[0] : text;
    }

    /// <summary>Epoch seconds, as DynamoDB writes and reads times.</summary>
    public static double Epoch(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    public static DateTimeOffset? Time(JsonNode? epoch) =>
        epoch is null ? null : DateTimeOffset.UnixEpoch.AddTicks((long)((decimal)(double)epoch * TimeSpan.TicksPerSecond));

    [GeneratedRegex("^[a-zA-Z0-9_.-]{3,255}$")]
    private static partial Regex NamePattern();
}
