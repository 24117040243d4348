using System;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class TableSettingsTests : LocalAwsTest
{
    protected override LocalAwsOptions Options => base.Options with { Backups = AtOnce };

    private const string Stream = "arn:aws:kinesis:us-east-1:000000000000:stream/changes";

    [Fact]
    public async Task A_policy_is_put_read_and_deleted_by_its_revision()
    {
        var arn = (await Client.DescribeTableAsync(Table)).Table.TableArn;
        await Assert.ThrowsAsync<PolicyNotFoundException>(() => Client.GetResourcePolicyAsync(new GetResourcePolicyRequest { ResourceArn = arn }));

        var put = await Client.PutResourcePolicyAsync(new PutResourcePolicyRequest { ResourceArn = arn, Policy = """{"a":1}""", ExpectedRevisionId = "NO_POLICY" });
        var same = await Client.PutResourcePolicyAsync(new PutResourcePolicyRequest { ResourceArn = arn, Policy = """{"a":1}""" });
        var read = await Client.GetResourcePolicyAsync(new GetResourcePolicyRequest { ResourceArn = arn });

        Assert.Equal((put.RevisionId, """{"a":1}""", put.RevisionId), (same.RevisionId, read.Policy, read.RevisionId));
        await Assert.ThrowsAsync<PolicyNotFoundException>(() => Client.PutResourcePolicyAsync(
            new PutResourcePolicyRequest { ResourceArn = arn, Policy = "{}", ExpectedRevisionId = "NO_POLICY" }));
        await Assert.ThrowsAsync<PolicyNotFoundException>(() => Client.DeleteResourcePolicyAsync(
            new DeleteResourcePolicyRequest { ResourceArn = arn, ExpectedRevisionId = "1" }));
        Assert.Equal(put.RevisionId, (await Client.DeleteResourcePolicyAsync(new DeleteResourcePolicyRequest { ResourceArn = arn })).RevisionId);
        Assert.Null((await Client.DeleteResourcePolicyAsync(new DeleteResourcePolicyRequest { ResourceArn = arn })).RevisionId);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => Client.GetResourcePolicyAsync(
            new GetResourcePolicyRequest { ResourceArn = arn.Replace(Table, "NoTable", StringComparison.Ordinal) }));
    }

    [Fact]
    public async Task A_kinesis_destination_is_enabled_and_disabled_once()
    {
        await Client.EnableKinesisStreamingDestinationAsync(new EnableKinesisStreamingDestinationRequest
        {
            TableName = Table,
            StreamArn = Stream,
            EnableKinesisStreamingConfiguration = new EnableKinesisStreamingConfiguration
            {
                ApproximateCreationDateTimePrecision = ApproximateCreationDateTimePrecision.MICROSECOND,
            },
        });

        var destination = Assert.Single(await DestinationsAsync());
        Assert.Equal(
            (Stream, DestinationStatus.ACTIVE, ApproximateCreationDateTimePrecision.MICROSECOND),
            (destination.StreamArn, destination.DestinationStatus, destination.ApproximateCreationDateTimePrecision));
        await RefusedAsync(() => Client.EnableKinesisStreamingDestinationAsync(new EnableKinesisStreamingDestinationRequest { TableName = Table, StreamArn = Stream }));

        await Client.DisableKinesisStreamingDestinationAsync(new DisableKinesisStreamingDestinationRequest { TableName = Table, StreamArn = Stream });

        Assert.Equal(DestinationStatus.DISABLED, Assert.Single(await DestinationsAsync()).DestinationStatus);
        await RefusedAsync(() => Client.DisableKinesisStreamingDestinationAsync(new DisableKinesisStreamingDestinationRequest { TableName = Table, StreamArn = Stream }));
    }

    [Fact]
    public async Task Contributor_insights_are_of_the_table_or_of_an_index_that_is_there()
    {
        await UpdateAsync(u => AddIndex(u));
        await Client.UpdateContributorInsightsAsync(new UpdateContributorInsightsRequest
        {
            TableName = Table, IndexName = "byGroup", ContributorInsightsAction = ContributorInsightsAction.ENABLE,
        });

        Assert.Equal(ContributorInsightsStatus.ENABLED, await InsightsAsync("byGroup"));
        Assert.Equal(ContributorInsightsStatus.DISABLED, await InsightsAsync(null));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => InsightsAsync("none"));
    }

    [Fact]
    public async Task UpdateTable_changes_what_the_backend_does_not_know_beside_what_it_knows()
    {
        await UpdateAsync(u =>
        {
            AddIndex(u);
            u.GlobalSecondaryIndexUpdates[0].Create.WarmThroughput = new WarmThroughput { ReadUnitsPerSecond = 13_000, WriteUnitsPerSecond = 4_500 };
            u.WarmThroughput = new WarmThroughput { ReadUnitsPerSecond = 15_000 };
        });
        await UpdateAsync(u => u.ReplicaUpdates = [new ReplicationGroupUpdate { Create = new CreateReplicationGroupMemberAction { RegionName = "eu-west-1" } }]);
        await UpdateAsync(u => u.SSESpecification = new SSESpecification { Enabled = true, KMSMasterKeyId = "key-1" });
        await UpdateAsync(u => u.TableClass = TableClass.STANDARD_INFREQUENT_ACCESS);

        var table = (await Client.DescribeTableAsync(Table)).Table;
        var index = Assert.Single(table.GlobalSecondaryIndexes);
        Assert.Equal((15_000, 4_000), (table.WarmThroughput.ReadUnitsPerSecond, table.WarmThroughput.WriteUnitsPerSecond));
        Assert.Equal((13_000, 4_500), (index.WarmThroughput.ReadUnitsPerSecond, index.WarmThroughput.WriteUnitsPerSecond));
        Assert.Equal(("eu-west-1", ReplicaStatus.ACTIVE), (Assert.Single(table.Replicas).RegionName, table.Replicas[0].ReplicaStatus));
        Assert.EndsWith("key/key-1", table.SSEDescription.KMSMasterKeyArn, StringComparison.Ordinal);
        Assert.Equal(TableClass.STANDARD_INFREQUENT_ACCESS, table.TableClassSummary.TableClass);

        await RefusedAsync(() => UpdateAsync(u => u.WarmThroughput = new WarmThroughput { ReadUnitsPerSecond = 14_000 }));
        await UpdateAsync(u => u.ReplicaUpdates = [new ReplicationGroupUpdate { Delete = new DeleteReplicationGroupMemberAction { RegionName = "eu-west-1" } }]);
        await UpdateAsync(u => u.SSESpecification = new SSESpecification { Enabled = false });
        table = (await Client.DescribeTableAsync(Table)).Table;
        Assert.Null(table.Replicas);
        Assert.Null(table.SSEDescription);
    }

    [Fact]
    public async Task A_stream_is_switched_on_once_and_has_a_new_arn_each_time()
    {
        await UpdateAsync(StreamOn);
        var first = (await Client.DescribeTableAsync(Table)).Table.LatestStreamArn;
        await RefusedAsync(() => UpdateAsync(StreamOn));
        await UpdateAsync(StreamOff);
        await RefusedAsync(() => UpdateAsync(StreamOff));
        Assert.Equal(first, (await Client.DescribeTableAsync(Table)).Table.LatestStreamArn);

        await UpdateAsync(StreamOn);

        Assert.NotEqual(first, (await Client.DescribeTableAsync(Table)).Table.LatestStreamArn);

        static void StreamOn(UpdateTableRequest u) => u.StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = StreamViewType.NEW_AND_OLD_IMAGES };
        static void StreamOff(UpdateTableRequest u) => u.StreamSpecification = new StreamSpecification { StreamEnabled = false };
    }

    [Fact]
    public async Task Time_to_live_is_switched_on_once()
    {
        await SetAsync(true, "expires");
        await RefusedAsync(() => SetAsync(true, "expires"));
        await RefusedAsync(() => SetAsync(true, "other"));
        await SetAsync(false, "expires");
        await RefusedAsync(() => SetAsync(false, "expires"));

        Task SetAsync(bool on, string name) => Client.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest
        {
            TableName = Table, TimeToLiveSpecification = new TimeToLiveSpecification { Enabled = on, AttributeName = name },
        });
    }

    [Fact]
    public async Task A_table_made_anew_has_none_of_the_settings()
    {
        var before = (await Client.DescribeTableAsync(Table)).Table;
        await Client.PutResourcePolicyAsync(new PutResourcePolicyRequest { ResourceArn = before.TableArn, Policy = "{}" });
        await Client.EnableKinesisStreamingDestinationAsync(new EnableKinesisStreamingDestinationRequest { TableName = Table, StreamArn = Stream });
        await Client.UpdateContributorInsightsAsync(new UpdateContributorInsightsRequest { TableName = Table, ContributorInsightsAction = ContributorInsightsAction.ENABLE });
        await UpdateAsync(u => u.WarmThroughput = new WarmThroughput { ReadUnitsPerSecond = 15_000 });

        await Client.DeleteTableAsync(Table);
        await CreateAsync();

        var after = (await Client.DescribeTableAsync(Table)).Table;
        Assert.NotEqual(before.TableId, after.TableId);
        Assert.Equal(12_000, after.WarmThroughput.ReadUnitsPerSecond);
        Assert.Empty(await DestinationsAsync());
        Assert.Equal(ContributorInsightsStatus.DISABLED, await InsightsAsync(null));
        await Assert.ThrowsAsync<PolicyNotFoundException>(() => Client.GetResourcePolicyAsync(new GetResourcePolicyRequest { ResourceArn = after.TableArn }));
    }

    [Fact]
    public async Task CreateTable_takes_a_policy_and_warm_throughput()
    {
        await Client.DeleteTableAsync(Table);
        await CreateAsync(c =>
        {
            c.ResourcePolicy = """{"b":2}""";
            c.WarmThroughput = new WarmThroughput { ReadUnitsPerSecond = 20_000, WriteUnitsPerSecond = 10_000 };
        });

        var table = (await Client.DescribeTableAsync(Table)).Table;
        Assert.Equal(10_000, table.WarmThroughput.WriteUnitsPerSecond);
        Assert.Equal("""{"b":2}""", (await Client.GetResourcePolicyAsync(new GetResourcePolicyRequest { ResourceArn = table.TableArn })).Policy);
    }

    [Fact]
    public async Task A_table_is_updating_for_a_while_when_told_so()
    {
        Aws.Faults.Change(f => f with { UpdatingMs = 600_000 });
        await UpdateAsync(u => u.TableClass = TableClass.STANDARD_INFREQUENT_ACCESS);
        Assert.Equal(TableStatus.UPDATING, (await Client.DescribeTableAsync(Table)).Table.TableStatus);
        await Assert.ThrowsAsync<ResourceInUseException>(() => UpdateAsync(u => u.TableClass = TableClass.STANDARD));
        await Assert.ThrowsAsync<ResourceInUseException>(() => Client.DeleteTableAsync(Table));
        await Client.BatchWriteItemAsync(Batch());
        Aws.Faults.Clear();
        Assert.Equal(TableStatus.ACTIVE, (await Client.DescribeTableAsync(Table)).Table.TableStatus);
    }

    private static void AddIndex(UpdateTableRequest update)
    {
        update.AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S), new AttributeDefinition("group", ScalarAttributeType.S)];
        update.GlobalSecondaryIndexUpdates =
        [
            new GlobalSecondaryIndexUpdate
            {
                Create = new CreateGlobalSecondaryIndexAction
                {
                    IndexName = "byGroup", KeySchema = [new KeySchemaElement("group", KeyType.HASH)], Projection = new Projection { ProjectionType = ProjectionType.ALL },
                },
            },
        ];
    }

    private static async Task RefusedAsync(Func<Task> act) =>
        Assert.Equal("ValidationException", (await Assert.ThrowsAsync<AmazonDynamoDBException>(act)).ErrorCode);

    private Task<UpdateTableResponse> UpdateAsync(Action<UpdateTableRequest> change)
    {
        var request = new UpdateTableRequest { TableName = Table };
        change(request);
        return Client.UpdateTableAsync(request);
    }

    private Task<CreateTableResponse> CreateAsync(Action<CreateTableRequest>? change = null)
    {
        var request = new CreateTableRequest
        {
            TableName = Table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
        };
        change?.Invoke(request);
        return Client.CreateTableAsync(request);
    }

    private async Task<KinesisDataStreamDestination[]> DestinationsAsync() =>
        (await Client.DescribeKinesisStreamingDestinationAsync(new DescribeKinesisStreamingDestinationRequest { TableName = Table })).KinesisDataStreamDestinations?.ToArray() ?? [];

    private async Task<ContributorInsightsStatus> InsightsAsync(string? index) =>
        (await Client.DescribeContributorInsightsAsync(new DescribeContributorInsightsRequest { TableName = Table, IndexName = index })).ContributorInsightsStatus;
}
