using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class WrongFormTests : LocalAwsTest
{
    [Theory]
    [InlineData("UpdateTable", """{"TableName":"Users","WarmThroughput":"x","SSESpecification":3,"ReplicaUpdates":{},"GlobalSecondaryIndexUpdates":[3,{"Create":[]}]}""")]
    [InlineData("UpdateTable", "[]")]
    [InlineData("DeleteTable", "x")]
    [InlineData("PutResourcePolicy", "[]")]
    [InlineData("UpdateTimeToLive", """{"TableName":"Users","TimeToLiveSpecification":3}""")]
    public async Task A_request_of_a_wrong_form_is_refused(string operation, string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Aws.Endpoint) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "DynamoDB_20120810." + operation);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
