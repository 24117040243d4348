using System.Linq;
using System.Text;

namespace DynamoBatch.Benchmarks.Sink;

/// <summary>Whole HTTP answers, made once.</summary>
internal static class SinkAnswers
{
    /// <summary>The table whose capacity is reported.</summary>
    public const string TableName = "Benchmark";

    public static readonly byte[] Empty = Of("{}");

    public static readonly byte[] Written = Of("""{"UnprocessedItems":{}}""");

    public static readonly byte[] WrittenWithCapacity =
        Of($$$"""{"ConsumedCapacity":[{"TableName":"{{{TableName}}}","CapacityUnits":25.0}],"UnprocessedItems":{}}""");

    public static readonly byte[] ItemWrittenWithCapacity =
        Of($$$"""{"ConsumedCapacity":{"TableName":"{{{TableName}}}","CapacityUnits":1.0}}""");

    /// <summary>Statements that all succeeded; by their number, as many as a request can hold.</summary>
    public static readonly byte[][] Executed = [.. Enumerable.Range(0, 26).Select(count => Of(Responses(count) + "}"))];

    public static readonly byte[][] ExecutedWithCapacity = [.. Enumerable.Range(0, 26).Select(count => Of(
        Responses(count) + $$$""","ConsumedCapacity":[{"TableName":"{{{TableName}}}","CapacityUnits":{{{count}}}.0}]}"""))];

    /// <summary>Any table: its key is <c>id</c>, text.</summary>
    public static readonly byte[] Table = Of(
        $$$"""{"Table":{"TableName":"{{{TableName}}}","TableStatus":"ACTIVE","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]}}""");

    public static byte[] Of(string body) => Encoding.UTF8.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nx-amzn-RequestId: SINK\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private static string Responses(int count) =>
        "{\"Responses\":[" + string.Join(',', Enumerable.Repeat($$$"""{"TableName":"{{{TableName}}}"}""", count)) + "]";
}
