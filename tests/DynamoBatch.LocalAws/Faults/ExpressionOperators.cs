using System;
using System.Text.Json;
using System.Text.RegularExpressions;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>
/// AWS rejects an expression of over 300 operators and functions. Comparators, arithmetic, AND, OR, NOT and functions count, parentheses do not:
/// 150 comparisons joined by AND are 299.
/// </summary>
internal static partial class ExpressionOperators
{
    // No expression in fewer bytes holds 300 operators, so short requests are not looked at.
    private const int ShortBody = 900;

    private static readonly string[] s_expressions =
        ["UpdateExpression", "ConditionExpression", "FilterExpression", "KeyConditionExpression"];

    public static Answer? Refuse(string operation, ReadOnlyMemory<byte> body, int limit)
    {
        if (body.Length < Math.Min(ShortBody, limit * 3))
        {
            return null;
        }

        try
        {
            switch (operation)
            {
                case "PutItem" or "UpdateItem" or "DeleteItem" or "Query" or "Scan":
                    return Refuse(body, limit);
                case "TransactWriteItems":
                    foreach (var action in JsonSlices.Elements(JsonSlices.Find(body, "TransactItems") ?? default))
                    {
                        foreach (var member in JsonSlices.Members(action))
                        {
                            if (Refuse(member.Value, limit) is { } refusal)
                            {
                                return refusal;
                            }
                        }
                    }

                    break;
            }
        }
        catch (JsonException)
        {
            // Not JSON: the backend says so.
        }

        return null;
    }

    private static Answer? Refuse(ReadOnlyMemory<byte> request, int limit)
    {
        foreach (var member in JsonSlices.Members(request))
        {
            if (Array.IndexOf(s_expressions, member.Name) >= 0 && JsonSlices.Text(member.Value) is { } text && Operators().Count(text) > limit)
            {
                return AwsError.Validation($"Invalid {member.Name}: The expression contains too many operators; operator count: {limit + 1}");
            }
        }

        return null;
    }

    // A name before an opening parenthesis is a function, but for the keywords, which count by themselves.
    [GeneratedRegex(@"<>|<=|>=|[=<>+\-]|(?<![\w#:.])(?:AND|OR|NOT|IN|BETWEEN)(?!\w)|(?<![\w#:.])(?!(?:AND|OR|NOT|IN|BETWEEN)\b)[a-z_]+\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Operators();
}
