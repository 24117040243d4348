using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.Core.Restoring.Recreating;
using DynamoBatch.Core.Wire;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Backups;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Restoring.Recreating;

/// <summary>A local AWS whose restores are quick, damaged tables in it, and runs that recreate them.</summary>
public sealed class RecreateWorld : IAsyncLifetime
{
    public static readonly BackupSettings Quick = new() { RestorableLag = 0, RestoreTime = 0.02, DeleteTime = 0.02, BackupTime = 0.02 };
    private readonly string _folder = Directory.CreateTempSubdirectory("recreate").FullName;
    private int _made;

    public LocalAwsServer Aws { get; private set; } = null!;

    public AmazonDynamoDBClient Client { get; private set; } = null!;

    public AmazonDynamoDBClient Backend { get; private set; } = null!;

    internal DdbConnection Connection { get; private set; } = null!;

    internal TimeProvider Clock { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Backups = Quick, LateLimit = Pace.Quarantine - TimeSpan.FromMilliseconds(100) });
        Client = CreateClient(Aws.Endpoint);
        Backend = CreateClient(Aws.BackendEndpoint);
        Clock = new ServerTime(Aws);
        Connection = new DdbConnection(new ConnectionSettings { EndpointUrl = Aws.Endpoint.ToString(), AccessKey = "a", SecretKey = "b", RequestTimeout = TimeSpan.FromMinutes(5) });
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        Backend.Dispose();
        await Aws.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A table with every setting, content of T0, and damage since. Its damaged content is in it.</summary>
    internal async Task<DamagedTable> CreateAsync(bool isPlain = false, bool isRecoverable = true)
    {
        Aws.Faults.Clear();
        string name = "Users" + Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture);
        await Client.CreateTableAsync(TableShapes.Create(name));
        if (isRecoverable)
        {
            await Client.UpdateContinuousBackupsAsync(new() { TableName = name, PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = true, RecoveryPeriodInDays = 14 } });
        }

        await PutAsync(name, 0, 20, "good");
        if (!isPlain)
        {
            await TableShapes.SetAllAsync(Client, name);
        }

        Aws.Backups.Advance(TimeSpan.FromSeconds(1));
        DateTimeOffset t0 = Aws.Backups.Now;
        IReadOnlyList<string> wanted = await ReadAsync(name);
        Aws.Backups.Advance(TimeSpan.FromSeconds(1));
        await PutAsync(name, 10, 25, "bad");
        for (int i = 0; i < 5; i++)
        {
            await Client.DeleteItemAsync(name, TableShapes.Key(i));
        }

        Aws.Backups.Advance(TimeSpan.FromSeconds(1));
        TableDescription table = (await Client.DescribeTableAsync(name)).Table;
        var options = new RecreateOptions { TableName = name, PointInTime = t0, BackupMargin = TimeSpan.Zero };
        return new DamagedTable(options, table, wanted, await ReadAsync(name), Path.Combine(_folder, name + ".journal"));
    }

    /// <summary>Items as text, in order.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string table) =>
        (await Backend.ScanAsync(new ScanRequest(table) { ConsistentRead = true })).Items
        .Select(i => string.Join(", ", i.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value.S ?? a.Value.N}"))).OrderBy(t => t, StringComparer.Ordinal).ToArray();

    public async Task<TableDescription?> DescribeAsync(string table)
    {
        try
        {
            return (await Client.DescribeTableAsync(table)).Table;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    internal TableControl Control(List<string>? log = null) => Connection.CreateTableControl(t => log?.Add(t), Clock, Pace);

    /// <summary>Polls often, and gives up only what will never come.</summary>
    internal static ControlPace Pace => new()
    {
        FirstPoll = TimeSpan.FromMilliseconds(3), LongestPoll = TimeSpan.FromMilliseconds(20), Settling = TimeSpan.FromMinutes(2), Silence = TimeSpan.FromMinutes(2), FirstAnswer = TimeSpan.FromMinutes(2), Quarantine = TimeSpan.FromSeconds(1),
    };

    internal RestoreJournal Open(DamagedTable table, TimeProvider? clock = null) =>
        RestoreJournal.Open(table.JournalPath, new RestoreIdentity { Table = table.Name, Method = RestoreMethod.Recreate, PointInTime = table.Options.PointInTime }, clock ?? Clock);

    internal async Task<RecreateResult> RunAsync(DamagedTable table, RecreateOptions? options = null, TableControl? control = null, Func<Task>? between = null, CancellationToken cancellation = default)
    {
        using RestoreJournal journal = Open(table);
        var run = new RecreateRun(control ?? Control(), journal, options ?? table.Options);
        RecreatePlan plan = await run.PrepareAsync(cancellation);
        if (between is not null)
        {
            await between();
        }

        return await run.RecreateAsync(plan, cancellation);
    }

    /// <summary>After a run that failed or was killed: the table stands as it was, or a backup of the content wanted is there and the message says how to restore it.</summary>
    internal async Task MustBeSafeAsync(DamagedTable table, string? message)
    {
        Aws.Faults.Clear();
        if (await DescribeAsync(table.Name) is { } live && live.TableId == table.Before.TableId && live.TableStatus == TableStatus.ACTIVE)
        {
            (await ReadAsync(table.Name)).ShouldBe(table.Damaged);
            return;
        }

        string arn = RestoreJournal.Peek(table.JournalPath)!.Last(r => r.Step is RestoreStep.BackupReady && r.Subject == RecreateRun.Content).Fact("BackupArn")!;
        (await Client.DescribeBackupAsync(new() { BackupArn = arn })).BackupDescription.BackupDetails.BackupStatus.ShouldBe(BackupStatus.AVAILABLE);
        message?.ShouldContain($"aws dynamodb restore-table-from-backup --target-table-name {table.Name} --backup-arn {arn}");
    }

    /// <summary>The end that every run must come to.</summary>
    internal async Task MustBeRestoredAsync(DamagedTable table, TableSettings before, bool mayHaveScratch = false)
    {
        (await ReadAsync(table.Name)).ShouldBe(table.Wanted);
        Same(await SettingsAsync(table.Name)).ShouldBe(Same(before));
        if (!mayHaveScratch)
        {
            (await ScratchAsync(table)).ShouldBeEmpty();
        }
    }

    // All but what is new with a new table: its id, its stream, and so the ARN in the stream's policy.
    internal static string Same(TableSettings settings) => (settings with
    {
        TableId = null, StreamArn = null, StreamPolicy = settings.StreamPolicy?.Replace(settings.StreamArn!, "stream", StringComparison.Ordinal),
    }).ToJson();

    /// <summary>Every setting of a table.</summary>
    internal async Task<TableSettings> SettingsAsync(string table) =>
        await new SettingsReader(Control().Settings).ReadAsync((await Client.DescribeTableAsync(table)).Table, lenient: false, default);

    /// <summary>Scratch tables that are there.</summary>
    internal async Task<IReadOnlyList<string>> ScratchAsync(DamagedTable table) =>
        (await Client.ListTablesAsync()).TableNames.Where(n => n.StartsWith(table.Name + "-ddbrestore-", StringComparison.Ordinal)).ToArray();

    private async Task PutAsync(string table, int from, int to, string state)
    {
        await Client.BatchWriteItemAsync(new BatchWriteItemRequest(new Dictionary<string, List<WriteRequest>>
        {
            [table] = Enumerable.Range(from, to - from).Select(i => new WriteRequest(new PutRequest(new(TableShapes.Key(i))
            {
                ["group"] = new("g" + (i % 3).ToString(CultureInfo.InvariantCulture)),
                ["rank"] = new() { N = i.ToString(CultureInfo.InvariantCulture) },
                ["state"] = new(state),
            }))).ToList(),
        }));
    }

    private static AmazonDynamoDBClient CreateClient(Uri endpoint) => new(
        new BasicAWSCredentials("a", "b"), new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });

    /// <summary>The server's clock, which tests move.</summary>
    private sealed class ServerTime(LocalAwsServer aws) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => aws.Backups.Now;
    }
}
