using System;
using System.Linq;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DynamoBatch.Benchmarks.Sink;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>The clients by name.</summary>
internal static class BulkClients
{
    public const string SdkLoop = "sdk-loop";
    public const string Engine = "engine";
    public const string DocumentModel = "document-model";
    public const string PutItem = "put-item";

    public static string[] Names { get; } = [SdkLoop, Engine, DocumentModel, PutItem];

    /// <summary>Creates a client.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="endpoint">Where it writes.</param>
    /// <param name="tableCount">Over how many tables; rows take turns.</param>
    /// <exception cref="ArgumentException">There is no such client.</exception>
    public static IBulkClient Create(string name, Uri endpoint, int tableCount)
    {
        string[] tables = tableCount == 1 ? [SinkAnswers.TableName] : Enumerable.Range(1, tableCount).Select(n => SinkAnswers.TableName + n).ToArray();
        return name switch
        {
            SdkLoop => new SdkLoopClient(Connect(endpoint), tables),
            Engine => new EngineClient(endpoint, tables),
            DocumentModel => new DocumentModelClient(Connect(endpoint), tables[0]),
            PutItem => new PutItemClient(Connect(endpoint), tables),
            _ => throw new ArgumentException($"There is no client '{name}'. There are: {string.Join(", ", Names)}."),
        };
    }

    /// <summary>A client of the SDK as one gets it.</summary>
    private static AmazonDynamoDBClient Connect(Uri endpoint) => new(
        new BasicAWSCredentials("local", "local"),
        new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" });
}
