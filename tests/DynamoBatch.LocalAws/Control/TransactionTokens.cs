using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Control;

/// <summary>
/// A ClientRequestToken makes a transaction idempotent for ten minutes after it was done. The backend sees to that by its own clock;
/// here an old token is exchanged for another one once this clock says that its time is over.
/// </summary>
internal sealed class TransactionTokens(TimeProvider time)
{
    private static readonly TimeSpan s_valid = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, Use> _uses = new(StringComparer.Ordinal);

    public async Task<Answer> ApplyAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (Token(call.Body) is not { Length: > 0 } token)
        {
            return await call.ForwardAsync(call.Body, cancellationToken);
        }

        var use = _uses.GetOrAdd(token, static t => new Use(t));
        if (use.Done is { } done && time.GetElapsedTime(done) >= s_valid)
        {
            var next = new Use(Guid.NewGuid().ToString());
            // Another request may have exchanged it first.
            use = _uses.TryUpdate(token, next, use) ? next : _uses[token];
        }

        var answer = await call.ForwardAsync(use.Token == token ? call.Body : With(call.Body, use.Token), cancellationToken);
        if (answer.Succeeded)
        {
            use.Done ??= time.GetTimestamp();
        }

        return answer;
    }

    private static string? Token(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSlices.Text(JsonSlices.Find(body, "ClientRequestToken"));
        }
        catch (JsonException)
        {
            // Not JSON: the backend says so.
            return null;
        }
    }

    private static ReadOnlyMemory<byte> With(ReadOnlyMemory<byte> body, string token)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + 64);
        output.Write("{"u8);
        foreach (var member in JsonSlices.Members(body))
        {
            if (member.Name != "ClientRequestToken")
            {
                output.Write(member.Raw.Span);
                output.Write(","u8);
            }
        }

        output.Write(Encoding.UTF8.GetBytes($"\"ClientRequestToken\":\"{token}\"}}"));
        return output.WrittenMemory;
    }

    private sealed class Use(string token)
    {
        public string Token { get; } = token;

        public long? Done { get; set; }
    }
}
