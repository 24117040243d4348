using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>BatchExecuteStatement answers 200 and hides an error in the place of each statement that failed.</summary>
internal static class StatementFaults
{
    public static async Task<Answer> ThrottleSomeAsync(Exchange exchange, Decision decision, OperationTable operations, CancellationToken stopping)
    {
        List<JsonMember> request;
        try
        {
            request = JsonSlices.Members(exchange.Body);
        }
        catch (JsonException)
        {
            return await operations.ApplyAsync(exchange, exchange.Body, stopping);
        }

        var statements = JsonSlices.Elements(request.Find(m => m.Name == "Statements").Value);
        var hit = decision.Hit(statements.Count);
        var kept = statements.Where((_, i) => !hit[i]).ToList();
        if (kept.Count == statements.Count)
        {
            return await operations.ApplyAsync(exchange, exchange.Body, stopping);
        }

        exchange.Record.Unprocessed = statements.Count - kept.Count;
        var answer = kept.Count == 0
            ? AwsError.Json(200, "{\"Responses\":[]}"u8.ToArray())
            : await operations.ApplyAsync(exchange, Request(request, kept), stopping);
        return answer.Succeeded ? answer.With(Merge(answer.Body, hit)) : answer;
    }

    private static byte[] Request(List<JsonMember> request, List<ReadOnlyMemory<byte>> kept)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        output.Write("{"u8);
        foreach (var member in request)
        {
            if (member.Name != "Statements")
            {
                output.Write(member.Raw.Span);
                output.Write(","u8);
            }
        }

        output.Write("\"Statements\":["u8);
        for (var i = 0; i < kept.Count; i++)
        {
            output.Write(i == 0 ? ""u8 : ","u8);
            output.Write(kept[i].Span);
        }

        output.Write("]}"u8);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Merge(byte[] answer, bool[] hit)
    {
        var output = new ArrayBufferWriter<byte>(answer.Length + 1024);
        output.Write("{"u8);
        var members = JsonSlices.Members(answer);
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
        for (var i = 0; i < hit.Length; i++)
        {
            output.Write(i == 0 ? ""u8 : ","u8);
            output.Write(hit[i]
                ? "{\"Error\":{\"Code\":\"ThrottlingError\",\"Message\":\"Throughput exceeds the current capacity of your table or index.\"}}"u8
                : responses.Dequeue().Span);
        }

        output.Write("]}"u8);
        return output.WrittenSpan.ToArray();
    }
}
