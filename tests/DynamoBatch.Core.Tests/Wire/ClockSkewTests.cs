using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
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

public class ClockSkewTests
{
    private static readonly TimeSpan Skew = TimeSpan.FromHours(3);

    [Fact]
    public async Task A_request_is_signed_by_the_servers_clock_once_it_is_known()
    {
        using HttpListener listener = LoopbackListener.Start(out string endpoint);
        Task<List<DateTime>> serving = ServeAsync(listener, requests: 2);
        var connection = new DdbConnection(new ConnectionSettings { EndpointUrl = endpoint, AccessKey = "a", SecretKey = "b" });
        WriteTable table = Writes.Table();

        using var run = new WriterRun(connection.CreateWriter, new WriterOptions());
        await run.WriteAsync([Writes.Put(table, "a")]);

        List<DateTime> signed = await serving;
        (signed[1] - DateTime.UtcNow).ShouldBeInRange(Skew - TimeSpan.FromMinutes(2), Skew + TimeSpan.FromMinutes(2));
        table.Counts.Succeeded.ShouldBe(1);
    }

    private static async Task<List<DateTime>> ServeAsync(HttpListener listener, int requests)
    {
        var signed = new List<DateTime>();
        for (int i = 0; i < requests; i++)
        {
            HttpListenerContext context = await listener.GetContextAsync();
            DateTime at = DateTime.ParseExact(
                context.Request.Headers["X-Amz-Date"]!, "yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
            signed.Add(at);
            bool late = at < DateTime.UtcNow + Skew - TimeSpan.FromMinutes(5);
            string body = late
                ? "{\"__type\":\"com.amazon.coral.service#InvalidSignatureException\",\"message\":\"Signature expired: a is now earlier than b\"}"
                : """{"UnprocessedItems":{}}""";
            context.Response.StatusCode = late ? 400 : 200;
            context.Response.Headers["Date"] = (DateTime.UtcNow + Skew).ToString("r", CultureInfo.InvariantCulture);
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }

        return signed;
    }
}
