using System;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class ForwardingTests : LocalAwsTest
{
    [Fact]
    public async Task A_batch_without_faults_is_written_whole()
    {
        var answer = await Client.BatchWriteItemAsync(Batch(25));

        Assert.Equal(0, answer.UnprocessedItems?.Count ?? 0);
        Assert.Equal(25, Assert.Single(answer.ConsumedCapacity).CapacityUnits);
        Assert.Equal(25, await CountAsync());
    }

    [Fact]
    public async Task The_backends_errors_come_through()
    {
        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.BatchWriteItemAsync(Batch(26)));
        Assert.Equal("ValidationException", error.ErrorCode);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.DescribeTableAsync("Nowhere"));
    }

    [Fact]
    public async Task A_request_over_16_MB_gets_413_without_an_error_code()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Aws.Endpoint) { Content = new ByteArrayContent(new byte[(16 * 1024 * 1024) + 1]) };
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.BatchWriteItem");
        request.Headers.ExpectContinue = true;

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_server_that_runs_already_is_used_and_left_running()
    {
        await using (var second = await LocalAwsServer.StartAsync(new LocalAwsOptions { Backend = Aws.BackendEndpoint }))
        {
            using var client = CreateClient(second.Endpoint);
            await client.BatchWriteItemAsync(Batch(3));
        }

        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task Dynalite_serves_where_dynoxide_has_no_build()
    {
        await using var aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Server = DynamoServerKind.Dynalite });
        using var client = CreateClient(aws.Endpoint);

        var tables = await client.ListTablesAsync();

        Assert.Equal(0, tables.TableNames?.Count ?? 0);
    }

    [Fact]
    public async Task Faults_and_log_are_controlled_by_http()
    {
        using var http = new HttpClient { BaseAddress = Aws.Endpoint };

        using var set = await PostAsync(http, "__localaws/faults",
            """{"seed":7,"operations":{"BatchWriteItem":{"chance":{"unprocessedSome":1},"share":0.2,"next":["error500Before"]}}}""");
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        Assert.Equal(1, Aws.Faults.Current.Operations["BatchWriteItem"].Chance[FaultKind.UnprocessedSome]);

        Assert.IsType<InternalServerErrorException>(await TryWriteAsync(Batch()));
        Assert.Equal(2, (await Client.BatchWriteItemAsync(Batch())).UnprocessedItems[Table].Count);
        Assert.Contains("\"unprocessed\":2", await http.GetStringAsync(new Uri("__localaws/log", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("\"error500Before\":1", await http.GetStringAsync(new Uri("__localaws/stats", UriKind.Relative)), StringComparison.Ordinal);

        using var reset = await PostAsync(http, "__localaws/reset", "");
        Assert.Equal(0, Aws.Log.Count);
        Assert.Empty(Aws.Faults.Current.Operations);
    }

    [Theory]
    [InlineData("""{"operations":{"BatchWriteItem":{"chance":{"unprocesed":1}}}}""")]
    [InlineData("""{"operations":{"BatchWriteItem":{"chance":{"hang":0.6,"cutAfter":0.6}}}}""")]
    [InlineData("""{"sed":1}""")]
    public async Task Settings_that_make_no_sense_are_refused(string settings)
    {
        using var http = new HttpClient { BaseAddress = Aws.Endpoint };

        using var answer = await PostAsync(http, "__localaws/faults", settings);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await http.PostAsync(new Uri(path, UriKind.Relative), content);
    }
}
