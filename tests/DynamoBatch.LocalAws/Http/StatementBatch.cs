using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;

namespace DynamoBatch.LocalAws.Http;

/// <summary>A BatchExecuteStatement request taken apart: it answers 200 and hides an error in the place of each statement that failed.</summary>
internal sealed class StatementBatch
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly List<JsonMember> _others;

    private StatementBatch(ReadOnlyMemory<byte> body, List<JsonMember> others, List<ReadOnlyMemory<byte>> statements)
    {
        _body = body;
        _others = others;
        Statements = statements;
    }

    /// <summary>The statements as sent.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Statements { get; }

    /// <summary>Null for what the backend is to reject whole.</summary>
    public static StatementBatch? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var members = JsonSlices.Members(body);
            var statements = JsonSlices.Elements(members.Find(m => m.Name == "Statements").Value);
            members.RemoveAll(m => m.Name == "Statements");
            return statements.Count is 0 or > 25 ? null : new StatementBatch(body, members, statements);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The response of a statement that failed.</summary>
    public static byte[] Error(string code, string message, string? table)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("Error");
        json.WriteString("Code", code);
        json.WriteString("Message", message);
        json.WriteEndObject();
        if (table is not null)
        {
            json.WriteString("TableName", table);
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The request with only the statements that are kept; null when there is none.</summary>
    public ReadOnlyMemory<byte>? With(Predicate<int> kept)
    {
        var output = new ArrayBufferWriter<byte>(_body.Length + 16);
        output.Write("{"u8);
        foreach (var other in _others)
        {
            output.Write(other.Raw.Span);
            output.Write(","u8);
        }

        output.Write("\"Statements\":["u8);
        var count = 0;
        for (var i = 0; i < Statements.Count; i++)
        {
            if (kept(i))
            {
                output.Write(count++ == 0 ? ""u8 : ","u8);
                output.Write(Statements[i].Span);
            }
        }

        output.Write("]}"u8);
        return count == 0 ? default(ReadOnlyMemory<byte>?) : count == Statements.Count ? _body : output.WrittenMemory;
    }

    /// <summary>Executes the statements that have no error, and answers for the others with their errors.</summary>
    public async Task<Answer> ExecuteAsync(byte[]?[] errors, Func<ReadOnlyMemory<byte>, Task<Answer>> execute)
    {
        var part = With(i => errors[i] is null);
        var answer = part is null ? AwsError.Json(200, "{\"Responses\":[]}"u8.ToArray()) : await execute(part.Value);
        return !answer.Succeeded || Array.TrueForAll(errors, e => e is null) ? answer : Show(answer, errors, executed: i => errors[i] is null);
    }

    /// <summary>Executes all statements, and answers for some with an error all the same.</summary>
    public async Task<Answer> ExecuteAllAsync(byte[]?[] errors, Func<ReadOnlyMemory<byte>, Task<Answer>> execute)
    {
        var answer = await execute(_body);
        return answer.Succeeded ? Show(answer, errors, executed: _ => true) : answer;
    }

    private static Answer Show(Answer answer, byte[]?[] errors, Predicate<int> executed)
    {
        var output = new ArrayBufferWriter<byte>(answer.Body.Length + 1024);
        output.Write("{"u8);
        var members = JsonSlices.Members(answer.Body);
        foreach (var member in members)
        {
            if (member.Name != "Responses")
            {
                output.Write(member.Raw.Span);
                output.Write(","u8);
            }
        }

        output.Write("\"Responses\":["u8);
        var responses = new Queue<ReadOnlyMemory<byte>>(JsonSlices.Elements(members.Find(m => m.Name == "Responses").Value));
        for (var i = 0; i < errors.Length; i++)
        {
            var response = executed(i) ? responses.Dequeue() : default;
            output.Write(i == 0 ? ""u8 : ","u8);
            output.Write(errors[i] ?? response.Span);
        }

        output.Write("]}"u8);
        return answer.With(output.WrittenSpan.ToArray());
    }
}
