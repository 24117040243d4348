using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

/// <summary>Operations on tables fail as those on items do, before their effect or after it, the first of them or a later one.</summary>
public sealed class ControlPlaneFaultTests : LocalAwsTest
{
    private const string Stream = "arn:aws:kinesis:us-east-1:000000000000:stream/changes";

    protected override LocalAwsOptions Options => new() { Backups = AtOnce };

    public static TheoryData<string> Operations =>
    [
        "CreateTable", "UpdateTable", "DeleteTable", "TagResource", "UpdateTimeToLive", "PutResourcePolicy", "EnableKinesisStreamingDestination", "UpdateContributorInsights",
    ];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_fails_before_its_effect_or_after_it(string operation)
    {
        foreach (var (fault, effect) in new[]
        {
            (FaultKind.Error500Before, false), (FaultKind.Error503Before, false), (FaultKind.CutBefore, false), (FaultKind.Throttled, false),
            (FaultKind.AccessDenied, false), (FaultKind.LimitExceeded, false), (FaultKind.ResourceInUse, false),
            (FaultKind.Error500After, true), (FaultKind.Error503After, true), (FaultKind.CutAfter, true), (FaultKind.Error500Midway, true),
            (FaultKind.TruncatedAnswer, true),
        })
        {
            await MakeAnewAsync();
            Aws.Faults.Next(operation, fault);

            var failure = await Record.ExceptionAsync(() => RunAsync(operation));

            // Of an answer that says nothing, a client need not read the end.
            Assert.True(failure is not null || (operation == "TagResource" && fault is FaultKind.TruncatedAnswer), $"{operation} {fault}");
            Assert.True(effect == await TookEffectAsync(operation), $"{operation} {fault}");
        }
    }

    [Fact]
    public async Task Errors_are_those_of_the_control_plane()
    {
        Aws.Faults.Next("UpdateTable", FaultKind.Throttled, FaultKind.LimitExceeded, FaultKind.ResourceInUse, FaultKind.AccessDenied);

        var throttled = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => RunAsync("UpdateTable"));
        Assert.Equal(("ThrottlingException", "Rate exceeded", HttpStatusCode.BadRequest), (throttled.ErrorCode, throttled.Message, throttled.StatusCode));
        await Assert.ThrowsAsync<LimitExceededException>(() => RunAsync("UpdateTable"));
        await Assert.ThrowsAsync<ResourceInUseException>(() => RunAsync("UpdateTable"));
        var denied = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => RunAsync("UpdateTable"));
        Assert.Equal("AccessDeniedException", denied.ErrorCode);
        Assert.Contains("dynamodb:UpdateTable", denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_requests_pass_and_the_fault_comes_several_times()
    {
        Aws.Faults.Next("DescribeTable", after: 2, times: 3, FaultKind.Error500Before);

        Assert.Equal("++---+", await TryAsync(6, () => Client.DescribeTableAsync(Table)));
    }

    [Fact]
    public async Task The_count_is_of_all_requests_or_of_those_that_change_something()
    {
        Aws.Faults.Next(FaultControl.AllOperations, after: 1, times: 1, FaultKind.Error500Before);
        Assert.Equal("+-+", await TryAsync(3, () => Client.ListTablesAsync()));

        using var http = new HttpClient();
        using var next = new StringContent("""{"operation":"mutating","after":1,"faults":["cutAfter"]}""", Encoding.UTF8, "application/json");
        using var set = await http.PostAsync(new Uri(Aws.Endpoint, "__localaws/next"), next);
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        await RunAsync("TagResource");
        Assert.Equal("+++", await TryAsync(3, () => Client.ScanAsync(new ScanRequest(Table))));
        Assert.NotNull(await Record.ExceptionAsync(() => RunAsync("DeleteTable")));
        Assert.True(await TookEffectAsync("DeleteTable"));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_action_is_denied_of_all_tables_or_of_one(string operation)
    {
        await MakeAnewAsync();
        foreach (var rule in new[] { operation, "dynamodb:" + operation, $"{operation}/{Table}" })
        {
            Aws.Faults.Change(f => f with { Denied = [rule] });
            var denied = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => RunAsync(operation));
            Assert.Equal("AccessDeniedException", denied.ErrorCode);
        }

        Aws.Faults.Change(f => f with { Denied = [$"{operation}/Other"] });
        await RunAsync(operation);
    }

    [Fact]
    public async Task The_log_names_the_tables()
    {
        await RunAsync("TagResource");
        await Client.ScanAsync(new ScanRequest(Table));
        await Client.ListTablesAsync();
        await Record.ExceptionAsync(() => Client.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest { SourceTableName = Table, TargetTableName = "Copy" }));
        await Record.ExceptionAsync(() => Client.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = $"arn:aws:dynamodb:us-east-1:000000000000:table/{Table}/backup/1" }));
        await Client.BatchWriteItemAsync(Batch(1));
        Aws.Log.LogsKeys = true;
        await Client.BatchWriteItemAsync(Batch(1));

        Assert.Equal(
            ["DescribeTable Users", "TagResource Users", "Scan Users", "ListTables ", "RestoreTableToPointInTime Copy Users", "DescribeBackup Users", "BatchWriteItem ", "BatchWriteItem Users"],
            Aws.Log.Records.Select(r => $"{r.Operation} {string.Join(' ', r.Tables)}"));
        using var http = new HttpClient();
        Assert.Contains("\"tables\":[\"Copy\",\"Users\"]", await http.GetStringAsync(new Uri(Aws.Endpoint, "__localaws/log")), StringComparison.Ordinal);
    }

    private static async Task<string> TryAsync(int times, Func<Task> act)
    {
        var outcomes = new StringBuilder();
        for (var i = 0; i < times; i++)
        {
            outcomes.Append(await Record.ExceptionAsync(act) is null ? '+' : '-');
        }

        return outcomes.ToString();
    }

    private async Task MakeAnewAsync()
    {
        foreach (var table in (await Backend.ListTablesAsync()).TableNames)
        {
            await Backend.DeleteTableAsync(table);
        }

        await Backend.CreateTableAsync(Create(Table));
    }

    private static CreateTableRequest Create(string table) => new()
    {
        TableName = table,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
        AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
    };

    private async Task<string> ArnAsync() => (await Client.DescribeTableAsync(Table)).Table.TableArn;

    private async Task RunAsync(string operation) => await (operation switch
    {
        "CreateTable" when Aws.Faults.Current.Denied.Any(d => d.EndsWith("/" + Table, StringComparison.Ordinal)) => Client.CreateTableAsync(Create(Table)),
        "CreateTable" => Client.CreateTableAsync(Create("New")),
        "UpdateTable" => Client.UpdateTableAsync(new UpdateTableRequest { TableName = Table, DeletionProtectionEnabled = true }),
        "DeleteTable" => Client.DeleteTableAsync(Table),
        "TagResource" => Client.TagResourceAsync(new TagResourceRequest { ResourceArn = await ArnAsync(), Tags = [new Tag { Key = "a", Value = "b" }] }),
        "UpdateTimeToLive" => Client.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest
        {
            TableName = Table, TimeToLiveSpecification = new TimeToLiveSpecification { Enabled = true, AttributeName = "expires" },
        }),
        "PutResourcePolicy" => Client.PutResourcePolicyAsync(new PutResourcePolicyRequest { ResourceArn = await ArnAsync(), Policy = "{}" }),
        "EnableKinesisStreamingDestination" => Client.EnableKinesisStreamingDestinationAsync(new EnableKinesisStreamingDestinationRequest { TableName = Table, StreamArn = Stream }),
        "UpdateContributorInsights" => (Task)Client.UpdateContributorInsightsAsync(new UpdateContributorInsightsRequest
        {
            TableName = Table, ContributorInsightsAction = ContributorInsightsAction.ENABLE,
        }),
        _ => throw new ArgumentException(operation, nameof(operation)),
    });

    private async Task<bool> TookEffectAsync(string operation) => operation switch
    {
        "CreateTable" => (await Backend.ListTablesAsync()).TableNames.Contains("New"),
        "DeleteTable" => (await Backend.ListTablesAsync()).TableNames is not { Count: > 0 },
        "UpdateTable" => (await Client.DescribeTableAsync(Table)).Table.DeletionProtectionEnabled == true && await UnprotectAsync(),
        "TagResource" => (await Client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = await ArnAsync() })).Tags is { Count: > 0 },
        "UpdateTimeToLive" => (await Client.DescribeTimeToLiveAsync(Table)).TimeToLiveDescription.TimeToLiveStatus == TimeToLiveStatus.ENABLED,
        "PutResourcePolicy" => await HasPolicyAsync(),
        "EnableKinesisStreamingDestination" => (await Client.DescribeKinesisStreamingDestinationAsync(new DescribeKinesisStreamingDestinationRequest { TableName = Table }))
            .KinesisDataStreamDestinations is { Count: > 0 },
        _ => (await Client.DescribeContributorInsightsAsync(new DescribeContributorInsightsRequest { TableName = Table })).ContributorInsightsStatus
            == ContributorInsightsStatus.ENABLED,
    };

    private async Task<bool> UnprotectAsync()
    {
        await Backend.UpdateTableAsync(new UpdateTableRequest { TableName = Table, DeletionProtectionEnabled = false });
        return true;
    }

    private async Task<bool> HasPolicyAsync()
    {
        try
        {
            return (await Client.GetResourcePolicyAsync(new GetResourcePolicyRequest { ResourceArn = await ArnAsync() })).Policy is not null;
        }
        catch (PolicyNotFoundException)
        {
            return false;
        }
    }
}
