using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Tests.Sending;
using DynamoBatch.LocalAws.Faults;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Reading;

/// <summary>The reader of keys against a real server, over HTTP, with everything going wrong that may.</summary>
public class BatchReaderOverHttpTests : IClassFixture<LocalAwsFixture>
{
    private readonly LocalAwsFixture _fixture;

    public BatchReaderOverHttpTests(LocalAwsFixture fixture)
    {
        _fixture = fixture;
        _fixture.Aws.Faults.Clear();
        _fixture.Aws.Log.Reset();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Whatever_goes_wrong_every_key_is_answered_by_what_the_table_holds(int seed, bool ordered)
    {
        WriteTable[] tables = [await _fixture.CreateTableAsync(), await _fixture.CreateTableAsync(1)];
        foreach (WriteTable table in tables)
        {
            await FillAsync(table, 500);
        }

        Dictionary<string, int>[] content = [await _fixture.ReadAsync(tables[0]), await _fixture.ReadAsync(tables[1])];
        _fixture.Aws.Faults.Set(new FaultSettings { Seed = seed, Operations = new Dictionary<string, OperationFaults> { ["BatchGetItem"] = Everything } });
        ReadTable[] asked = tables.Select(t => new ReadTable(t.Schema)).ToArray();
        var random = new Random(seed);
        KeyRead[] reads = Enumerable.Range(0, 5000).Select(i => Read(asked[random.Next(2)], "k" + random.Next(800), i)).ToArray();

        using var run = new BatchReaderRun(_fixture.Connection, new ReaderOptions { Ordered = ordered });
        await run.ReadAsync(reads);

        run.Answers.Count.ShouldBe(reads.Length);
        foreach (KeyRead answer in run.Answers)
        {
            string id = TextOf(answer.Key, "id", "S");
            Dictionary<string, int> table = content[Array.IndexOf(asked, answer.Table)];
            answer.Status.ShouldBe(table.ContainsKey(id) ? ReadStatus.Found : ReadStatus.Missing);
            if (answer.Status is ReadStatus.Found)
            {
                TextOf(answer.Item, "v", "N").ShouldBe($"{table[id]}");
            }
        }

        asked.ShouldAllBe(t => t.Counts.Accepted == t.Counts.Found + t.Counts.Missing);
        if (ordered)
        {
            run.Answers.ShouldBe(reads);
        }
    }

    [Fact]
    public async Task A_thousand_keys_are_ten_requests_and_repeated_ones_none()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        var asked = new ReadTable(table.Schema);
        using var run = new BatchReaderRun(_fixture.Connection, new ReaderOptions { Linger = TimeSpan.FromHours(1) }); // only full requests leave by themselves

        await run.ReadAsync(Enumerable.Range(0, 3000).Select(i => Read(asked, "k" + (i / 3), i)));

        asked.Counts.Missing.ShouldBe(3000);
        _fixture.Aws.Log.Of("BatchGetItem").Count.ShouldBe(10);
    }

    [Fact]
    public async Task More_than_16_MB_of_items_are_read_whole_and_in_bounded_memory()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        using (var writer = new WriterRun(_fixture.Connection.CreateWriter))
        {
            await writer.WriteAsync(Enumerable.Range(0, 150).Select(i => LocalAwsFixture.Put(table, "k" + i, i, new string('x', 390_000))));
        }

        var asked = new ReadTable(table.Schema);
        using var run = new BatchReaderRun(_fixture.Connection, new ReaderOptions { Ordered = true });
        await run.ReadAsync(Enumerable.Range(0, 150).Select(i => Read(asked, "k" + i, i)));

        asked.Counts.Found.ShouldBe(150);
        run.Answers.Select(a => (int)a.Source!).ShouldBe(Enumerable.Range(0, 150));
    }

    [Fact]
    public async Task Number_keys_are_matched_whatever_spelling_comes_back()
    {
        WriteTable table = await _fixture.CreateTableAsync(type: KeyType.N);
        using (var writer = new WriterRun(_fixture.Connection.CreateWriter))
        {
            await writer.WriteAsync(Enumerable.Range(0, 50).Select(i => LocalAwsFixture.Put(table, i + 0.50m, i)));
        }

        _fixture.Aws.Faults.Next("BatchGetItem", FaultKind.UnprocessedSome, FaultKind.UnprocessedSome);
        var asked = new ReadTable(table.Schema);
        using var run = new BatchReaderRun(_fixture.Connection);
        await run.ReadAsync(Enumerable.Range(0, 50).Select(i => Read(asked, (i + 0.5m).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture), i)));

        asked.Counts.Found.ShouldBe(50);
        asked.Counts.Throttles.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Only_the_attributes_that_are_asked_for_come_and_in_that_order()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        await FillAsync(table, 1);
        var asked = new ReadTable(table.Schema, ["size", "v", "with space.and dot"]);
        using var run = new BatchReaderRun(_fixture.Connection);

        await run.ReadAsync([Read(asked, "k0", 0)]);

        Encoding.UTF8.GetString(run.Answers.Single().Item.Span).ShouldBe("""{"v":{"N":"0"}}""");
    }

    [Fact]
    public async Task A_table_that_throttles_for_good_fails_its_keys_by_the_retry_timeout()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        _fixture.Aws.Faults.For("BatchGetItem", FaultKind.Throttled);
        var asked = new ReadTable(table.Schema);
        using var run = new BatchReaderRun(_fixture.Connection, new ReaderOptions { RetryTimeout = TimeSpan.FromSeconds(1) });

        await run.ReadAsync([Read(asked, "a", 1), Read(asked, "b", 2), Read(asked, "a", 3)]);

        run.Answers.ShouldAllBe(r => r.Kind == FailureKind.ItemUnprocessed && r.Message!.Contains("Throughput"));
        asked.Counts.Failed.ShouldBe(3);
    }

    [Theory]
    [InlineData(FaultKind.AccessDenied, FailureKind.AccessDenied)]
    [InlineData(FaultKind.ExpiredToken, FailureKind.CredentialsInvalid)]
    public async Task A_failure_of_the_whole_run_ends_it_and_every_key_is_accounted_for(FaultKind fault, FailureKind kind)
    {
        WriteTable table = await _fixture.CreateTableAsync();
        _fixture.Aws.Faults.For("BatchGetItem", fault);
        var asked = new ReadTable(table.Schema);
        using var run = new BatchReaderRun(_fixture.Connection);

        await run.ReadAsync(Enumerable.Range(0, 1000).Select(i => Read(asked, "k" + i, i)));

        run.Reader.Failure!.Kind.ShouldBe(kind);
        asked.Counts.NotRead.ShouldBe(1000);
    }

    [Fact]
    public async Task A_table_that_fails_alone_leaves_the_others_to_be_read()
    {
        WriteTable good = await _fixture.CreateTableAsync();
        await FillAsync(good, 300);
        _fixture.Aws.Faults.Set(new FaultSettings { Denied = ["BatchGetItem/Gone"] });
        ReadTable[] asked = [new ReadTable(good.Schema), new ReadTable(good.Schema with { TableName = "Gone" })];
        using var run = new BatchReaderRun(_fixture.Connection, new ReaderOptions { TablesFailAlone = true });

        await run.ReadAsync(Enumerable.Range(0, 600).Select(i => Read(asked[i % 2], "k" + (i / 2), i)));

        asked[0].Counts.Found.ShouldBe(300);
        asked[1].Counts.Failed.ShouldBe(300);
        run.Reader.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_ends_the_run_before_its_first_request_does()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        _fixture.Aws.Faults.For("BatchGetItem", FaultKind.Hang);
        var asked = new ReadTable(table.Schema);
        using var run = new BatchReaderRun(_fixture.Connection, new ReaderOptions { FirstAnswerTimeout = TimeSpan.FromSeconds(0.5) });

        foreach (int i in Enumerable.Range(0, 5))
        {
            run.Reader.TryAsk(Read(asked, "k" + i, i)).ShouldBeTrue();
        }

        run.Reader.Flush();
        while (run.Reader.Failure is null)
        {
            await Task.Delay(10);
        }

        run.Reader.Abort(); // As a command does: the request itself is given up minutes later.

        run.Reader.Failure.Kind.ShouldBe(FailureKind.EndpointUnreachable);
        asked.Counts.NotRead.ShouldBe(5);
        asked.Counts.Retries.ShouldBe(0);
    }

    [Fact]
    public async Task Ending_early_counts_every_key_that_was_not_given()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        await FillAsync(table, 100);
        _fixture.Aws.Faults.For("BatchGetItem", FaultKind.Hang);
        var asked = new ReadTable(table.Schema);
        using var run = new BatchReaderRun(_fixture.Connection);
        foreach (int i in Enumerable.Range(0, 250))
        {
            run.Reader.TryAsk(Read(asked, "k" + i, i)).ShouldBeTrue();
        }

        run.Reader.Abort();

        (asked.Counts.Accepted, asked.Counts.NotRead).ShouldBe((250, 250));
    }

    internal static OperationFaults Everything { get; } = new()
    {
        Chance = new Dictionary<FaultKind, double>
        {
            [FaultKind.UnprocessedSome] = 0.15,
            [FaultKind.UnprocessedAll] = 0.05,
            [FaultKind.Throttled] = 0.10,
            [FaultKind.Error500Before] = 0.05,
            [FaultKind.Error503After] = 0.05,
            [FaultKind.CutBefore] = 0.03,
            [FaultKind.CutAfter] = 0.03,
            [FaultKind.TruncatedAnswer] = 0.05,
            [FaultKind.GarbledAnswer] = 0.05,
        },
        AnswerJitter = 20,
    };

    internal static string TextOf(ReadOnlyMemory<byte> item, string attribute, string type)
    {
        using JsonDocument document = JsonDocument.Parse(item);
        return document.RootElement.GetProperty(attribute).GetProperty(type).GetString()!;
    }

    private static KeyRead Read(ReadTable table, string id, int source) =>
        new(table, new ItemEncoder(table.Schema).EncodeBareKey(id).Key, source);

    private async Task FillAsync(WriteTable table, int count)
    {
        using var writer = new WriterRun(_fixture.Connection.CreateWriter);
        await writer.WriteAsync(Enumerable.Range(0, count).Select(i => LocalAwsFixture.Put(table, "k" + i, i)));
    }
}
