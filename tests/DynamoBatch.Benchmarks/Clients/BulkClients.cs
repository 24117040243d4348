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

    /// <summary>The engine's puts of whole rows, with a checkpoint.</summary>
    public const string EngineCheckpoint = "engine-checkpoint";

    /// <summary>The engine's puts of as much as an update sets.</summary>
    public const string EnginePut = "engine-put";

    /// <summary>The engine's updates as statements, 25 a request.</summary>
    public const string EngineUpdate = "engine-update";

    /// <summary>The engine's updates, each a request of its own.</summary>
    public const string EngineUpdateItem = "engine-update-item";
    public const string UpdateItem = "update-item";

    public static string[] Names { get; } =
        [SdkLoop, Engine, DocumentModel, PutItem, EngineCheckpoint, EnginePut, EngineUpdate, EngineUpdateItem, UpdateItem];

    /// <summary>The names of so many tables.</summary>
    public static string[] TableNames(int count) =>
        count == 1 ? [SinkAnswers.TableName] : Enumerable.Range(1, count).Select(n => SinkAnswers.TableName + n).ToArray();

    /// <summary>Creates a client.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="endpoint">Where it writes.</param>
    /// <param name="tableCount">Over how many tables; rows take turns.</param>
    /// <exception cref="ArgumentException">There is no such client.</exception>
    public static IBulkClient Create(string name, Uri endpoint, int tableCount)
    {
        string[] tables = TableNames(tableCount);
        return name switch
        {
            SdkLoop => new SdkLoopClient(Connect(endpoint), tables),
            Engine => new EngineClient(endpoint, tables, EngineWork.Put),
            EngineCheckpoint => new EngineClient(endpoint, tables, EngineWork.PutWithCheckpoint),
            EnginePut => new EngineClient(endpoint, tables, EngineWork.PutOfUpdated),
            EngineUpdate => new EngineClient(endpoint, tables, EngineWork.UpdateByStatement),
            EngineUpdateItem => new EngineClient(endpoint, tables, EngineWork.UpdateAlone),
            UpdateItem => new UpdateItemClient(Connect(endpoint), tables),
            DocumentModel => new DocumentModelClient(Connect(endpoint), tables[0]),
            PutItem => new PutItemClient(Connect(endpoint), tables),
            _ => throw new ArgumentException($"There is no client '{name}'. There are: {string.Join(", ", Names)}."),
        };
    }

    /// <summary>A client of the SDK as one gets it.</summary>
    public static AmazonDynamoDBClient Connect(Uri endpoint) => new(
        new BasicAWSCredentials("local", "local"),
        new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" });
}
