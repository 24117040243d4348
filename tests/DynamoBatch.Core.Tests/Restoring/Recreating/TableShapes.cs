using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Core.Tests.Restoring.Recreating;

/// <summary>A table with everything that a table can have.</summary>
internal static class TableShapes
{
    public const string Kinesis = "arn:aws:kinesis:us-east-1:000000000000:stream/changes";

    public static CreateTableRequest Create(string name) => new()
    {
        TableName = name,
        KeySchema = [new("id", KeyType.HASH), new("at", KeyType.RANGE)],
        AttributeDefinitions = [new("id", "S"), new("at", "N"), new("group", "S"), new("rank", "N")],
        BillingMode = BillingMode.PROVISIONED,
        ProvisionedThroughput = new(11, 12),
        GlobalSecondaryIndexes =
        [
            new()
            {
                IndexName = "byGroup",
                KeySchema = [new("group", KeyType.HASH), new("rank", KeyType.RANGE)],
                Projection = new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = ["state"] },
                ProvisionedThroughput = new(3, 4),
            },
        ],
        LocalSecondaryIndexes = [new() { IndexName = "byRank", KeySchema = [new("id", KeyType.HASH), new("rank", KeyType.RANGE)], Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY } }],
    };

    /// <summary>Everything that restores drop.</summary>
    public static async Task SetAllAsync(IAmazonDynamoDB client, string name)
    {
        await client.UpdateTableAsync(new() { TableName = name, StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.NEW_AND_OLD_IMAGES } });
        await client.UpdateTableAsync(new() { TableName = name, TableClass = TableClass.STANDARD_INFREQUENT_ACCESS });
        await client.UpdateTableAsync(new() { TableName = name, WarmThroughput = new() { ReadUnitsPerSecond = 13_000, WriteUnitsPerSecond = 5_000 } });
        await client.UpdateTableAsync(new() { TableName = name, SSESpecification = new() { Enabled = true, SSEType = SSEType.KMS, KMSMasterKeyId = "key-1" } });
        await client.UpdateTableAsync(new() { TableName = name, DeletionProtectionEnabled = true });
        TableDescription table = (await client.DescribeTableAsync(name)).Table;
        await client.UpdateTimeToLiveAsync(new() { TableName = name, TimeToLiveSpecification = new() { AttributeName = "expires", Enabled = true } });
        await client.TagResourceAsync(new() { ResourceArn = table.TableArn, Tags = [new() { Key = "team", Value = "blue 'n' \"green\"" }, new() { Key = "cost", Value = "1" }] });
        await client.PutResourcePolicyAsync(new() { ResourceArn = table.TableArn, Policy = Policy(table.TableArn) });
        await client.PutResourcePolicyAsync(new() { ResourceArn = table.LatestStreamArn, Policy = Policy(table.LatestStreamArn) });
        await client.EnableKinesisStreamingDestinationAsync(new()
        {
            TableName = name, StreamArn = Kinesis, EnableKinesisStreamingConfiguration = new() { ApproximateCreationDateTimePrecision = ApproximateCreationDateTimePrecision.MICROSECOND },
        });
        await client.UpdateContributorInsightsAsync(new() { TableName = name, ContributorInsightsAction = ContributorInsightsAction.ENABLE });
        await client.UpdateContributorInsightsAsync(new() { TableName = name, IndexName = "byGroup", ContributorInsightsAction = ContributorInsightsAction.ENABLE });
    }

    public static Dictionary<string, AttributeValue> Key(int i) => new()
    {
        ["id"] = new("user" + (i / 4).ToString(CultureInfo.InvariantCulture)), ["at"] = new() { N = i.ToString(CultureInfo.InvariantCulture) },
    };

    private static string Policy(string arn) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"dynamodb:GetItem","Resource":"{{arn}}"}]}""";
}
