using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Tests.Reading;
using DynamoBatch.Core.Tests.Sending;
using DynamoBatch.LocalAws.Faults;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Comparing;

/// <summary>Comparisons against a real server, over HTTP, with everything going wrong that may.</summary>
public class TableComparisonOverHttpTests : IClassFixture<LocalAwsFixture>
{
    private readonly LocalAwsFixture _fixture;

    public TableComparisonOverHttpTests(LocalAwsFixture fixture)
    {
        _fixture = fixture;
        _fixture.Aws.Faults.Clear();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_goes_wrong_each_difference_is_told_once(int seed)
    {
        WriteTable reference = await FillAsync(1500, i => i % 100 == 0 ? -1 : i);
        WriteTable difference = await FillAsync(1500, i => i % 100 == 1 ? -1 : i % 100 == 2 ? i + 1 : i);
        _fixture.Aws.Faults.Set(new FaultSettings
        {
            Seed = seed,
            Operations = new Dictionary<string, OperationFaults>
            {
                ["Scan"] = BatchReaderOverHttpTests.Everything,
                ["BatchGetItem"] = BatchReaderOverHttpTests.Everything,
            },
        });

        (TableComparison comparison, List<string> told) = await CompareAsync(
            ComparisonSide.OfTable(reference.Schema), ComparisonSide.OfTable(difference.Schema), new ComparisonOptions { MaxWaitingBytes = 50_000 });

        comparison.Failure.ShouldBeNull();
        told.Order().ShouldBe(Enumerable.Range(0, 1500).Where(i => i % 100 < 3).Select(i => $"k{i} {(i % 100 == 0 ? "=>" : i % 100 == 1 ? "<=" : "<>")}").Order());
    }

    [Fact]
    public async Task Parts_by_key_are_compared_alone()
    {
        WriteTable reference = await FillAsync(300, i => i);
        WriteTable difference = await FillAsync(300, i => i % 10 == 2 ? i + 1 : i);

        (await CompareAsync(ComparisonSide.OfKeyPrefix(reference.Schema, "k2"), ComparisonSide.OfKeyPrefix(difference.Schema, "k2"))).Told
            .Order().ShouldBe(Enumerable.Range(0, 300).Where(i => i % 10 == 2 && $"k{i}".StartsWith("k2", StringComparison.Ordinal)).Select(i => $"k{i} <>").Order());
        (await CompareAsync(ComparisonSide.OfPartition(reference.Schema, "k12"), ComparisonSide.OfPartition(difference.Schema, "k12"))).Told
            .ShouldBe(["k12 <>"]);
    }

    private async Task<WriteTable> FillAsync(int items, Func<int, int> versionOf)
    {
        WriteTable table = await _fixture.CreateTableAsync();
        using var run = new WriterRun(_fixture.Connection.CreateWriter);
        await run.WriteAsync(Enumerable.Range(0, items).Where(i => versionOf(i) >= 0).Select(i => LocalAwsFixture.Put(table, $"k{i}", versionOf(i))));
        return table;
    }

    private async Task<(TableComparison Comparison, List<string> Told)> CompareAsync(
        ComparisonSide reference, ComparisonSide difference, ComparisonOptions? options = null)
    {
        var signal = new SemaphoreSlim(0);
        var told = new List<string>();
        using TableComparison comparison = _fixture.Connection.CreateComparison(
            reference,
            difference,
            new ComparisonOptions { Signal = () => signal.Release(), Seed = 1, MaxWaitingBytes = options?.MaxWaitingBytes ?? 1_000_000 });
        while (!comparison.IsCompleted)
        {
            if (comparison.TryTake(out ItemPair? pair))
            {
                told.Add($"{SimulatedScans.IdOf(pair!.Key)} {(pair.Difference.IsEmpty ? "<=" : pair.Reference.IsEmpty ? "=>" : "<>")}");
            }
            else
            {
                await signal.WaitAsync(1000);
            }
        }

        return (comparison, told);
    }
}
