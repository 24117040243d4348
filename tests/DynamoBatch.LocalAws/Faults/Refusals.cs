using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Requests that are refused before anything is done: identity, clock, rights, table state, limits.</summary>
internal static partial class Refusals
{
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromMinutes(5);

    public static Answer? Of(Exchange exchange, ActiveFaults active, TimeProvider time)
    {
        var settings = active.Settings;
        if (settings.HasChecks
            && (RefuseIdentity(exchange, settings) ?? RefuseClock(exchange, settings, time) ?? RefuseAction(exchange, settings)) is { } refusal)
        {
            return refusal;
        }

        return (settings.OperatorLimit is { } limit ? ExpressionOperators.Refuse(exchange.Operation, exchange.Body, limit) : null)
            ?? StatementLength.Refuse(exchange.Operation, exchange.Body)
            ?? (active.TableStates is { } states ? TableStateAnswers.Refuse(exchange, states) : null);
    }

    private static Answer? RefuseIdentity(Exchange exchange, FaultSettings settings)
    {
        if (settings.ExpiredAccessKeys.Count + settings.UnknownAccessKeys.Count == 0)
        {
            return null;
        }

        var key = exchange.Record.AccessKey;
        return settings.UnknownAccessKeys.Contains(key) || settings.UnknownAccessKeys.Contains("*") ? AwsError.UnrecognizedClient()
            : settings.ExpiredAccessKeys.Contains(key) || settings.ExpiredAccessKeys.Contains("*") ? AwsError.ExpiredToken()
            : null;
    }

    private static Answer? RefuseClock(Exchange exchange, FaultSettings settings, TimeProvider time)
    {
        if (settings.ServerTimeOffset is not { } offset)
        {
            return null;
        }

        // The server's clock shows in every answer: from it clients learn how far off they are.
        var server = time.GetUtcNow().AddSeconds(offset);
        exchange.Http.Response.Headers.Date = server.ToString("R", CultureInfo.InvariantCulture);
        var sent = exchange.Http.Request.Headers[AwsHeaders.Date].ToString();
        if (!DateTimeOffset.TryParseExact(sent, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var client)
            || (client - server).Duration() <= s_clockTolerance)
        {
            return null;
        }

        return AwsError.InvalidSignature(client < server
            ? $"Signature expired: {sent} is now earlier than {Text(server - s_clockTolerance)} ({Text(server)} - 5 min.)"
            : $"Signature not yet current: {sent} is still later than {Text(server + s_clockTolerance)} ({Text(server)} + 5 min.)");
    }

    private static Answer? RefuseAction(Exchange exchange, FaultSettings settings)
    {
        if (settings.Denied.Count == 0)
        {
            return null;
        }

        var tables = RequestTables.Of(exchange.Operation, exchange.Body);
        foreach (var action in Actions(exchange))
        {
            if (ActionRules.Deny(settings.Denied, action, tables, out var table))
            {
                return AwsError.AccessDenied(action, AwsError.TableArn(table));
            }
        }

        return null;
    }

    // PartiQL is granted by verb, not by operation.
    private static string[] Actions(Exchange exchange) =>
        exchange.Operation is "BatchExecuteStatement" or "ExecuteStatement" or "ExecuteTransaction"
            ? PartiQLVerb().Matches(Encoding.UTF8.GetString(exchange.Body)).Select(m => m.Groups[1].Value.ToUpperInvariant() switch
            {
                "UPDATE" => "PartiQLUpdate",
                "INSERT" => "PartiQLInsert",
                "DELETE" => "PartiQLDelete",
                _ => "PartiQLSelect",
            }).Append(exchange.Operation).Distinct().ToArray()
            : [exchange.Operation];

    private static string Text(DateTimeOffset time) => time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex("\"Statement\"\\s*:\\s*\"\\s*(\\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex PartiQLVerb();
}
