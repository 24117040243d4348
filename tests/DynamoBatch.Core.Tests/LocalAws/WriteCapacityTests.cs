using System;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class WriteCapacityTests : LocalAwsTest
{
    private readonly ManualTime _time = new();

    protected override LocalAwsOptions Options => new() { Time = _time };

    [Fact]
    public async Task What_is_over_the_tables_capacity_is_unprocessed_until_time_refills_it()
    {
        Aws.Faults.Set(new FaultSettings { Throttle = new ThrottleSettings { TableWriteUnits = 4 } });

        Assert.Equal(6, (await Client.BatchWriteItemAsync(Batch())).UnprocessedItems[Table].Count);
        var error = await Assert.ThrowsAsync<ProvisionedThroughputExceededException>(() => Client.BatchWriteItemAsync(Batch()));
        Assert.Equal("TableWriteProvisionedThroughputExceeded", Assert.Single(error.ThrottlingReasons).Reason);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(8, (await Client.BatchWriteItemAsync(Batch())).UnprocessedItems[Table].Count);
    }

    [Fact]
    public async Task One_hot_partition_throttles_its_keys_only()
    {
        Aws.Faults.Set(new FaultSettings { Throttle = new ThrottleSettings { PartitionWriteUnits = 1, Partitions = 3, BurstSeconds = 1 } });

        var answer = await Client.BatchWriteItemAsync(Batch());

        Assert.Equal(7, answer.UnprocessedItems[Table].Count);
        var hot = new PutItemRequest(Table, answer.UnprocessedItems[Table][0].PutRequest.Item);
        var error = await Assert.ThrowsAsync<ProvisionedThroughputExceededException>(() => Client.PutItemAsync(hot));
        Assert.Equal("TableWriteKeyRangeThroughputExceeded", Assert.Single(error.ThrottlingReasons).Reason);
    }

    [Fact]
    public async Task Larger_items_take_more_units_and_one_larger_than_the_bucket_passes_when_it_is_full()
    {
        Aws.Faults.Set(new FaultSettings { Throttle = new ThrottleSettings { TableWriteUnits = 4, OnDemand = true } });

        Assert.Null(await TryWriteAsync(Batch(1, padding: 20_000)));
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.IsType<ThrottlingException>(await TryWriteAsync(Batch(1, padding: 20_000)));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(8, (await Client.BatchWriteItemAsync(Batch(10, padding: 1_500))).UnprocessedItems[Table].Count);
    }
}
