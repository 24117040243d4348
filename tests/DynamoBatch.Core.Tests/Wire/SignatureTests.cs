using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Tests.Batching;
using DynamoBatch.Core.Tests.Sending;
using DynamoBatch.Core.Wire;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Wire;

/// <summary>Checks signatures as the service does: by computing them again from what arrived (AWS Signature Version 4).</summary>
public class SignatureTests
{
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    [Theory]
    [InlineData(null)]
    [InlineData("a-session-token")]
    public async Task A_batch_is_signed_as_the_service_checks_it(string? token)
    {
        using HttpListener listener = LoopbackListener.Start(out string endpoint);
        Task<(string Expected, string Actual)> serving = ServeAsync(listener);
        var connection = new DdbConnection(
            new ConnectionSettings
            {
                EndpointUrl = endpoint,
                Region = "eu-west-3",
                AccessKey = "AKIDEXAMPLE",
                SecretKey = SecretKey,
                SessionToken = token,
            });

        using var run = new WriterRun(connection.CreateWriter, new WriterOptions());
        WriteTable table = Writes.Table();
        await run.WriteAsync([Writes.Put(table, "ä")]);

        (string expected, string actual) = await serving;
        actual.ShouldBe(expected);
        actual.ShouldContain("/eu-west-3/dynamodb/aws4_request");
        table.Counts.Succeeded.ShouldBe(1);
    }

    private static async Task<(string Expected, string Actual)> ServeAsync(HttpListener listener)
    {
        HttpListenerContext context = await listener.GetContextAsync();
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        string actual = context.Request.Headers["Authorization"]!;
        string expected = Sign(context.Request, body.ToArray(), actual);
        await context.Response.OutputStream.WriteAsync("""{"UnprocessedItems":{}}"""u8.ToArray());
        context.Response.Close();
        return (expected, actual);
    }

    private static string Sign(HttpListenerRequest request, byte[] body, string authorization)
    {
        string Part(string name) => authorization.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Single(p => p.StartsWith(name, StringComparison.Ordinal))[(name.Length + 1)..];
        string signedHeaders = Part("SignedHeaders");
        string[] credential = Part("Credential").Split('/');
        string scope = string.Join('/', credential.Skip(1));
        string headers = string.Concat(signedHeaders.Split(';').Select(name => $"{name}:{request.Headers[name]!.Trim()}\n"));
        string canonical = $"POST\n/\n\n{headers}\n{signedHeaders}\n{Hex(SHA256.HashData(body))}";
        string toSign = $"AWS4-HMAC-SHA256\n{request.Headers["X-Amz-Date"]}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + SecretKey);
        foreach (string part in credential.Skip(1))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        signedHeaders.Split(';').ShouldContain("x-amz-target");
        string signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return $"AWS4-HMAC-SHA256 Credential={string.Join('/', credential)}, SignedHeaders={signedHeaders}, Signature={signature}";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
