using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tests.Sending;
using DynamoBatch.LocalAws.Faults;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Reading;

/// <summary>Scans against a real server, over HTTP, with everything going wrong that may.</summary>
public class TableReaderOverHttpTests : IClassFixture<LocalAwsFixture>
{
    private readonly LocalAwsFixture _fixture;

    public TableReaderOverHttpTests(LocalAwsFixture fixture)
    {
        _fixture = fixture;
        _fixture.Aws.Faults.Clear();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(3, 64)]
    public async Task Whatever_goes_wrong_a_scan_gives_each_item_once(int seed, int segments)
    {
        WriteTable table = await FillAsync(3000, padding: 2000);
        Dictionary<string, int> content = await _fixture.ReadAsync(table);
        _fixture.Aws.Faults.Set(
            new FaultSettings { Seed = seed, Operations = new Dictionary<string, OperationFaults> { ["Scan"] = BatchReaderOverHttpTests.Everything } });

        (TableReader reader, List<string> ids) = await ReadAsync(new PageSource(table.Schema) { TotalSegments = segments });

        reader.Failure.ShouldBeNull();
        ids.Order().ShouldBe(content.Keys.Order());
        reader.Counts.Segments.ShouldBe(segments);
    }

    [Fact]
    public async Task Segments_read_apart_are_the_table_together()
    {
        WriteTable table = await FillAsync(500);
        var ids = new List<string>();
        foreach (int segment in Enumerable.Range(0, 3))
        {
            ids.AddRange((await ReadAsync(new PageSource(table.Schema) { Segment = segment, TotalSegments = 3 })).Ids);
        }

        ids.Order().ShouldBe((await _fixture.ReadAsync(table)).Keys.Order());
    }

    [Fact]
    public async Task Before_more_than_the_first_page_is_wanted_nothing_more_is_asked_for()
    {
        WriteTable table = await FillAsync(2000);
        _fixture.Aws.Log.Reset();
        var source = new PageSource(table.Schema) { TotalSegments = 16 };
        var signal = new SemaphoreSlim(0);
        using TableReader reader = _fixture.Connection.CreateReader(source, new ReaderOptions { Signal = () => signal.Release() });
        ReadPage? page;
        while (!reader.TryTake(out page))
        {
            await signal.WaitAsync(50);
        }

        _fixture.Aws.Log.Of("Scan").Count.ShouldBe(1);
        page!.Items.Count.ShouldBeInRange(1, 250);
        _fixture.Aws.Faults.For("Scan", FaultKind.Hang); // What is asked for stays in flight, however late this thread looks.
        reader.GoOn();
        reader.InFlight.ShouldBeInRange(1, 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1500)]
    public async Task Exactly_the_first_items_are_given(int first)
    {
        WriteTable table = await FillAsync(2000);
        (TableReader reader, List<string> ids) = await ReadAsync(new PageSource(table.Schema) { First = first });

        ids.Count.ShouldBe(first);
        reader.Counts.Scanned.ShouldBe(first);
    }

    [Fact]
    public async Task Empty_pages_do_not_end_a_scan()
    {
        WriteTable table = await FillAsync(1000, padding: 10_000);
        var source = new PageSource(table.Schema)
        {
            TotalSegments = 1,
            Filter = "v = :v",
            FilterValues = [new(":v", new SingleValueEncoder().Encode(":v", 999))],
        };

        (TableReader reader, List<string> ids) = await ReadAsync(source);

        ids.ShouldBe(["k999"]);
        reader.Counts.Pages.ShouldBeGreaterThan(5);
        reader.Counts.Scanned.ShouldBeGreaterThanOrEqualTo(1000);
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_failure_that_names_table_and_segment()
    {
        WriteTable table = await FillAsync(100);
        _fixture.Aws.Faults.For("Scan", FaultKind.Throttled);
        (TableReader reader, _) = await ReadAsync(
            new PageSource(table.Schema) { Segment = 2, TotalSegments = 5 }, new ReaderOptions { RetryTimeout = TimeSpan.FromSeconds(1) });

        reader.Failure!.Kind.ShouldBe(FailureKind.ItemUnprocessed);
        reader.Failure.Message.ShouldContain($"table '{table.Name}', segment 2 of 5,");
    }

    [Theory]
    [InlineData(FaultKind.AccessDenied, FailureKind.AccessDenied)]
    [InlineData(FaultKind.ExpiredToken, FailureKind.CredentialsInvalid)]
    public async Task A_final_fault_ends_it_at_once(FaultKind fault, FailureKind kind)
    {
        WriteTable table = await FillAsync(10);
        _fixture.Aws.Faults.For("Scan", fault);
        (TableReader reader, _) = await ReadAsync(new PageSource(table.Schema));

        reader.Failure!.Kind.ShouldBe(kind);
        reader.Counts.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_ends_it_before_its_first_request_does()
    {
        WriteTable table = await FillAsync(10);
        _fixture.Aws.Faults.For("Scan", FaultKind.Hang);
        (TableReader reader, _) = await ReadAsync(new PageSource(table.Schema), new ReaderOptions { FirstAnswerTimeout = TimeSpan.FromSeconds(0.5) });

        reader.Failure!.Kind.ShouldBe(FailureKind.EndpointUnreachable);
        reader.Counts.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_read_cap_is_kept_by_small_pages()
    {
        WriteTable table = await FillAsync(60, padding: 4000);
        _fixture.Aws.Log.Reset();
        long start = TimeProvider.System.GetTimestamp();

        (TableReader reader, List<string> ids) = await ReadAsync(new PageSource(table.Schema), new ReaderOptions { MaxReadCapacity = 20 });

        ids.Count.ShouldBe(60);
        reader.Counts.Requests.ShouldBeGreaterThan(1);
        TimeProvider.System.GetElapsedTime(start).TotalSeconds.ShouldBeGreaterThan((reader.Counts.ConsumedCapacity / 20) - 2);
    }

    [Fact]
    public async Task Pages_that_nobody_takes_are_not_read()
    {
        WriteTable table = await FillAsync(1000, padding: 10_000);
        _fixture.Aws.Log.Reset();
        var source = new PageSource(table.Schema) { TotalSegments = 64 };
        using TableReader reader = _fixture.Connection.CreateReader(source, new ReaderOptions());
        reader.GoOn();
        while (reader.InFlight > 0)
        {
            await Task.Delay(10);
        }

        _fixture.Aws.Log.Of("Scan").Count.ShouldBeLessThanOrEqualTo(4);
    }

    private async Task<(TableReader Reader, List<string> Ids)> ReadAsync(PageSource source, ReaderOptions? options = null)
    {
        var signal = new SemaphoreSlim(0);
        options ??= new ReaderOptions();
        using TableReader reader = _fixture.Connection.CreateReader(
            source,
            new ReaderOptions
            {
                Signal = () => signal.Release(),
                RetryTimeout = options.RetryTimeout,
                FirstAnswerTimeout = options.FirstAnswerTimeout,
                MaxReadCapacity = options.MaxReadCapacity,
                Seed = 1,
            });
        var ids = new List<string>();
        while (!reader.IsCompleted)
        {
            if (reader.TryTake(out ReadPage? page))
            {
                ids.AddRange(page!.Items.Select(i => BatchReaderOverHttpTests.TextOf(i, "id", "S")));
                reader.GoOn();
            }
            else
            {
                await signal.WaitAsync(50);
            }
        }

        return (reader, ids);
    }

    private async Task<WriteTable> FillAsync(int count, int padding = 0)
    {
        WriteTable table = await _fixture.CreateTableAsync();
        using var writer = new WriterRun(_fixture.Connection.CreateWriter);
        await writer.WriteAsync(Enumerable.Range(0, count).Select(i => LocalAwsFixture.Put(table, "k" + i, i, new string('x', padding))));
        return table;
    }
}
