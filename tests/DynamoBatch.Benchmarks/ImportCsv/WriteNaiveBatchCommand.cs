using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

/// <summary>What a first version would be: 25 objects become a BatchWriteItem, 16 of them in flight. Compiled by the script beside it.</summary>
[Cmdlet(VerbsCommunications.Write, "NaiveBatch")]
public sealed class WriteNaiveBatchCommand : PSCmdlet
{
    private readonly SemaphoreSlim _room = new SemaphoreSlim(16);
    private readonly List<Task> _sending = new List<Task>();
    private AmazonDynamoDBClient _client;
    private List<WriteRequest> _batch = new List<WriteRequest>(25);

    [Parameter(Mandatory = true, Position = 0)]
    public string TableName { get; set; }

    [Parameter(Mandatory = true)]
    public string EndpointUrl { get; set; }

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; }

    protected override void BeginProcessing()
    {
        var config = new AmazonDynamoDBConfig { ServiceURL = EndpointUrl, AuthenticationRegion = "us-east-1" };
        _client = new AmazonDynamoDBClient(new BasicAWSCredentials("local", "local"), config);
    }

    protected override void ProcessRecord()
    {
        var item = new Dictionary<string, AttributeValue>();
        foreach (PSPropertyInfo property in InputObject.Properties)
        {
            item.Add(property.Name, new AttributeValue { S = property.Value?.ToString() });
        }

        _batch.Add(new WriteRequest(new PutRequest(item)));
        if (_batch.Count == 25)
        {
            Send();
        }
    }

    protected override void EndProcessing()
    {
        if (_batch.Count > 0)
        {
            Send();
        }

        Task.WaitAll(_sending.ToArray());
        _client.Dispose();
    }

    private void Send()
    {
        var requests = new Dictionary<string, List<WriteRequest>> { [TableName] = _batch };
        _batch = new List<WriteRequest>(25);
        _sending.RemoveAll(task => task.Status == TaskStatus.RanToCompletion);
        _room.Wait();
        _sending.Add(Task.Run(() => SendAsync(requests)));
    }

    private async Task SendAsync(Dictionary<string, List<WriteRequest>> requests)
    {
        while (requests != null && requests.Count > 0)
        {
            requests = (await _client.BatchWriteItemAsync(new BatchWriteItemRequest(requests)).ConfigureAwait(false)).UnprocessedItems;
        }

        _room.Release();
    }
}
