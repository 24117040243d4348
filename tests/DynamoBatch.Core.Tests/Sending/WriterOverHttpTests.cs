using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Tables;
using DynamoBatch.LocalAws.Faults;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Sending;

/// <summary>The writer against a real server, over HTTP, with everything going wrong that may.</summary>
public class WriterOverHttpTests : IClassFixture<LocalAwsFixture>
{
    private readonly LocalAwsFixture _fixture;

    public WriterOverHttpTests(LocalAwsFixture fixture)
    {
        _fixture = fixture;
        _fixture.Aws.Faults.Clear();
        _fixture.Aws.Log.Reset();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_goes_wrong_the_last_write_of_each_key_stands_and_the_accounts_add_up(int seed)
    {
        WriteTable[] tables = [await _fixture.CreateTableAsync(), await _fixture.CreateTableAsync(1)];
        _fixture.Aws.Faults.Set(new FaultSettings { Seed = seed, Operations = new Dictionary<string, OperationFaults> { ["BatchWriteItem"] = Everything } });
        var random = new Random(seed);
        WriteOperation[] writes = Enumerable.Range(0, 4000)
            .Select(i => (Table: tables[random.Next(2)], Id: "k" + random.Next(60), Value: i))
            .Select(w => random.Next(6) == 0 ? LocalAwsFixture.Delete(w.Table, w.Id, w.Value) : LocalAwsFixture.Put(w.Table, w.Id, w.Value))
            .ToArray();

        using WriterRun run = Start(new WriterOptions { Quarantine = LocalAwsFixture.Quarantine, Seed = seed });
        await run.WriteAsync(writes);

        foreach (WriteTable table in tables)
        {
            table.Counts.Pending.ShouldBe(0);
            (table.Counts.Succeeded + table.Counts.Replaced).ShouldBe(table.Counts.Accepted);
            (await _fixture.ReadAsync(table)).OrderBy(p => p.Key).ShouldBe(LastOf(writes, table).OrderBy(p => p.Key));
        }

        _fixture.Aws.Log.KeyViolations.ShouldBeEmpty();
        _fixture.Aws.Log.MaxPerKeyPerSecond().Times.ShouldBeLessThan(200, "a hot loop");
    }

    [Fact]
    public async Task Of_24_good_items_and_a_bad_one_24_are_written()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        WriteOperation[] writes = Enumerable.Range(0, 25).Select(i => LocalAwsFixture.Put(table, "k" + i, i)).ToArray();

        // A number of 39 digits is what the service alone refuses here: written past the encoder's own check.
        writes[7] = Refused(table);
        using WriterRun run = Start(new WriterOptions());
        await run.WriteAsync(writes);

        table.Counts.Succeeded.ShouldBe(24);
        run.Outcomes.Single().Kind.ShouldBe(FailureKind.ItemRejected);
        run.Outcomes.Single().Operation.ShouldBe(writes[7]);
        (await _fixture.ReadAsync(table)).Count.ShouldBe(24);
    }

    [Fact]
    public async Task Unprocessed_items_with_number_keys_are_matched_whatever_spelling_comes_back()
    {
        WriteTable table = await _fixture.CreateTableAsync(type: KeyType.N);
        _fixture.Aws.Faults.For("BatchWriteItem", FaultKind.UnprocessedSome, 0.7);
        using WriterRun run = Start(new WriterOptions());

        await run.WriteAsync(Enumerable.Range(0, 200).Select(i => LocalAwsFixture.Put(table, i + 0.50m, i)));

        table.Counts.Succeeded.ShouldBe(200);
        table.Counts.Retries.ShouldBeGreaterThan(0);
        table.Counts.Throttles.ShouldBeGreaterThan(0);
        (await _fixture.ReadAsync(table)).Count.ShouldBe(200);
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_asked_for_again()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        _fixture.Aws.Faults.Next("BatchWriteItem", FaultKind.HangAfter, FaultKind.Hang);
        using var run = new WriterRun(_fixture.Connect(requestTimeout: TimeSpan.FromSeconds(2)).CreateWriter);

        await run.WriteAsync([LocalAwsFixture.Put(table, "a", 1)]);

        // More than those two only where the machine is too slow for an answer in time.
        table.Counts.Succeeded.ShouldBe(1);
        table.Counts.Retries.ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_table_that_throttles_for_good_fails_its_items_by_the_retry_timeout()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        _fixture.Aws.Faults.For("BatchWriteItem", FaultKind.Throttled);
        using WriterRun run = Start(new WriterOptions { RetryTimeout = TimeSpan.FromSeconds(1) });

        await run.WriteAsync([LocalAwsFixture.Put(table, "a", 1), LocalAwsFixture.Put(table, "b", 2)]);

        run.Outcomes.ShouldAllBe(o => o.Kind == FailureKind.ItemUnprocessed && o.Message!.Contains("Throughput"));
        table.Counts.Failed.ShouldBe(2);
    }

    [Theory]
    [InlineData(FaultKind.AccessDenied, FailureKind.AccessDenied)]
    [InlineData(FaultKind.ExpiredToken, FailureKind.CredentialsInvalid)]
    [InlineData(FaultKind.UnrecognizedClient, FailureKind.CredentialsInvalid)]
    public async Task A_failure_of_the_whole_run_ends_it_at_once(FaultKind fault, FailureKind kind)
    {
        WriteTable table = await _fixture.CreateTableAsync();
        _fixture.Aws.Faults.For("BatchWriteItem", fault);
        using WriterRun run = Start(new WriterOptions());

        await run.WriteAsync(Enumerable.Range(0, 100).Select(i => LocalAwsFixture.Put(table, "k" + i, i)));

        run.Writer.Failure!.Kind.ShouldBe(kind);
        table.Counts.NotSent.ShouldBe(100);
    }

    [Fact]
    public async Task A_wrong_clock_is_corrected_and_nothing_is_lost()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        _fixture.Aws.Faults.Set(new FaultSettings { ServerTimeOffset = 3600 });
        using WriterRun run = Start(new WriterOptions());

        await run.WriteAsync([LocalAwsFixture.Put(table, "a", 1)]);

        table.Counts.Succeeded.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_cap_is_kept()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        long start = TimeProvider.System.GetTimestamp();
        using WriterRun run = Start(new WriterOptions { MaxWriteCapacity = 100 });

        await run.WriteAsync(Enumerable.Range(0, 200).Select(i => LocalAwsFixture.Put(table, "k" + i, i)));

        table.Counts.ConsumedCapacity.ShouldBe(200);
        TimeProvider.System.GetElapsedTime(start).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.6));
    }

    [Fact]
    public async Task Large_items_stay_under_16_MB_a_request()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        using WriterRun run = Start(new WriterOptions());

        // 390 KB of control characters are 2.3 MB of JSON each.
        await run.WriteAsync(Enumerable.Range(0, 12).Select(i => LocalAwsFixture.Put(table, "k" + i, i, new string('\u0001', 390_000))));

        table.Counts.Succeeded.ShouldBe(12);
        _fixture.Aws.Log.Of("BatchWriteItem").ShouldAllBe(r => r.Bytes <= 16 * 1024 * 1024);
    }

    private static OperationFaults Everything { get; } = new()
    {
        Chance = new Dictionary<FaultKind, double>
        {
            [FaultKind.UnprocessedSome] = 0.10,
            [FaultKind.UnprocessedAll] = 0.03,
            [FaultKind.Throttled] = 0.05,
            [FaultKind.Error500Before] = 0.03,
            [FaultKind.Error500After] = 0.03,
            [FaultKind.Error503Midway] = 0.03,
            [FaultKind.CutBefore] = 0.03,
            [FaultKind.CutAfter] = 0.03,
            [FaultKind.CutMidway] = 0.03,
            [FaultKind.TruncatedAnswer] = 0.02,
            [FaultKind.GarbledAnswer] = 0.02,
            [FaultKind.LateCut] = 0.04,
            [FaultKind.LateError500] = 0.04,
        },
        LatencyJitter = 5,
        AnswerJitter = 20,
        LateMin = 20,
        LateMax = 400,
    };

    private static Dictionary<string, int> LastOf(IEnumerable<WriteOperation> writes, WriteTable table)
    {
        var content = new Dictionary<string, int>();
        foreach (WriteOperation write in writes.Where(w => w.Table == table))
        {
            string id = System.Text.Json.JsonDocument.Parse(write.Item.Key).RootElement.GetProperty("id").GetProperty("S").GetString()!;
            content.Remove(id);
            if (write.Verb is WriteVerb.Put)
            {
                content[id] = (int)write.Source!;
            }
        }

        return content;
    }

    private static WriteOperation Refused(WriteTable table)
    {
        byte[] item = System.Text.Encoding.UTF8.GetBytes("""{"id":{"S":"bad"},"v":{"N":"123456789012345678901234567890123456789"}}{"id":{"S":"bad"}}""");
        return new WriteOperation(table, WriteVerb.Put, new Core.Items.EncodedItem(item, item.Length - """{"id":{"S":"bad"}}""".Length, 40, 0), 7);
    }

    private WriterRun Start(WriterOptions options) => new(_fixture.Connection.CreateWriter, options);
}
