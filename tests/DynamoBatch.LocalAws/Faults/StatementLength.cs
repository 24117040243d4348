using System;
using System.Collections.Generic;
using System.Text.Json;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>AWS takes statements of up to 8,192 characters, and rejects a batch whole for a longer one; the backend does not mind.</summary>
internal static class StatementLength
{
    private const int Limit = 8192;

    public static Answer? Refuse(string operation, ReadOnlyMemory<byte> body)
    {
        if (body.Length <= Limit || operation is not ("BatchExecuteStatement" or "ExecuteStatement" or "ExecuteTransaction"))
        {
            return null;
        }

        try
        {
            var number = 0;
            foreach (var statement in Statements(operation, body))
            {
                number++;
                if (JsonSlices.Text(JsonSlices.Find(statement, "Statement")) is { Length: > Limit } text)
                {
                    var place = operation switch
                    {
                        "BatchExecuteStatement" => $"statements.{number}.member.statement",
                        "ExecuteTransaction" => $"transactStatements.{number}.member.statement",
                        _ => "statement",
                    };
                    return AwsError.Validation(
                        $"1 validation error detected: Value '{text}' at '{place}' failed to satisfy constraint: Member must have length less than or equal to {Limit}");
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON: the backend says so.
        }

        return null;
    }

    private static List<ReadOnlyMemory<byte>> Statements(string operation, ReadOnlyMemory<byte> body) => operation switch
    {
        "BatchExecuteStatement" => JsonSlices.Elements(JsonSlices.Find(body, "Statements") ?? default),
        "ExecuteTransaction" => JsonSlices.Elements(JsonSlices.Find(body, "TransactStatements") ?? default),
        _ => [body],
    };
}
