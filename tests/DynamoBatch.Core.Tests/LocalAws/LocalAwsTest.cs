using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Backups;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

/// <summary>A local AWS with one table, and clients without retries: one through the faults, one around them.</summary>
public abstract class LocalAwsTest : IAsyncLifetime, IDisposable
{
    protected const string Table = "Users";

    /// <summary>No state lasts.</summary>
    protected static readonly BackupSettings AtOnce = new() { RestorableLag = 0, RestoreTime = 0, DeleteTime = 0, BackupTime = 0 };

    protected LocalAwsServer Aws { get; private set; } = null!;

    protected AmazonDynamoDBClient Client { get; private set; } = null!;

    protected AmazonDynamoDBClient Backend { get; private set; } = null!;

    protected virtual LocalAwsOptions Options => new() { LogKeys = true };

    public async Task InitializeAsync()
    {
        Aws = await LocalAwsServer.StartAsync(Options);
        Client = CreateClient(Aws.Endpoint);
        Backend = CreateClient(Aws.BackendEndpoint);
        await Backend.CreateTableAsync(new CreateTableRequest
        {
            TableName = Table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
        });
    }

    public async Task DisposeAsync()
    {
        if (Aws is not null)
        {
            await Aws.DisposeAsync();
        }
    }

    public void Dispose()
    {
        Client?.Dispose();
        Backend?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static AmazonDynamoDBClient CreateClient(Uri endpoint, string accessKey = "local")
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new(new BasicAWSCredentials(accessKey, "local"), new AmazonDynamoDBConfig
        {
            ServiceURL = endpoint.ToString(),
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0, // else a cut connection is retried three times, whatever MaxErrorRetry says
            Timeout = TimeSpan.FromMinutes(2),
        });
    }

    protected static BatchWriteItemRequest Batch(int count = 10, string prefix = "user", string value = "1", int padding = 0) => new()
    {
        ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        RequestItems = new Dictionary<string, List<WriteRequest>>
        {
            [Table] = Enumerable.Range(0, count).Select(i => new WriteRequest(new PutRequest(new Dictionary<string, AttributeValue>
            {
                ["id"] = new(prefix + i.ToString(CultureInfo.InvariantCulture)),
                ["value"] = new(value + new string('x', padding)),
            }))).ToList(),
        },
    };

    /// <summary>Sends a batch whose answer does not matter.</summary>
    protected async Task<Exception?> TryWriteAsync(BatchWriteItemRequest request) =>
        await Record.ExceptionAsync(() => Client.BatchWriteItemAsync(request));

    /// <summary>Waits for what happens elsewhere; a test that waits in vain fails after two minutes.</summary>
    protected static async Task UntilAsync(Func<Task<bool>> happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await happened())
        {
            await Task.Delay(5, timeout.Token);
        }
    }

    /// <summary>How many items are in the table, asked around the faults.</summary>
    protected async Task<int> CountAsync() =>
        (await Backend.ScanAsync(new ScanRequest(Table) { ConsistentRead = true, Select = Select.COUNT })).Count ?? 0;
}
