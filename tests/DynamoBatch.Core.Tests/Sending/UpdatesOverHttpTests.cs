using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Updating;
using DynamoBatch.LocalAws.Faults;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Sending;

/// <summary>Updates and puts with conditions against a real server, over HTTP, with everything going wrong that may.</summary>
public class UpdatesOverHttpTests : IClassFixture<LocalAwsFixture>
{
    private static readonly string[] Operations = ["BatchExecuteStatement", "UpdateItem", "PutItem", "TransactWriteItems", "DeleteItem"];

    private readonly LocalAwsFixture _fixture;

    public UpdatesOverHttpTests(LocalAwsFixture fixture)
    {
        _fixture = fixture;
        _fixture.Aws.Faults.Clear();
        _fixture.Aws.Log.Reset();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Sets_end_exactly_right_whatever_goes_wrong(int seed)
    {
        WriteTable table = await _fixture.CreateTableAsync();
        var random = new Random(seed);
        await PutAsync(table, 40);
        _fixture.Aws.Faults.Set(Trouble(seed));
        (string Id, string Name, int Value)[] changes = Enumerable.Range(0, 1500)
            .Select(i => ("k" + random.Next(40), random.Next(4) == 0 ? "a.b" : "a" + random.Next(3), i)).ToArray();

        using WriterRun run = Start(seed);
        var update = new Updates(table, new UpdateOptions());
        await run.WriteAsync(changes.Select(c => update.Make(c.Id, (c.Name, c.Value))));

        table.Counts.Succeeded.ShouldBe(40 + 1500);
        run.Outcomes.ShouldBeEmpty();
        _fixture.Aws.Log.KeyViolations.ShouldBeEmpty();
        Dictionary<string, Dictionary<string, string>> items = await _fixture.ReadItemsAsync(table);
        foreach (var last in changes.GroupBy(c => (c.Id, c.Name)).Select(g => g.Last()))
        {
            items[last.Id][last.Name].ShouldBe(Text(last.Value));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_counter_is_wrong_by_nothing_that_was_not_told_as_unknown(int seed)
    {
        WriteTable table = await _fixture.CreateTableAsync();
        await PutAsync(table, 20);
        _fixture.Aws.Faults.Set(Trouble(seed));

        using WriterRun run = Start(seed);
        var update = new Updates(table, new UpdateOptions { Increment = new Dictionary<string, byte[]?> { ["n"] = "{\"N\":\"1\"}"u8.ToArray() } });
        await run.WriteAsync(Enumerable.Range(0, 200).Select(i => update.Make("k" + (i % 20))));

        run.Outcomes.ShouldAllBe(o => o.Kind == FailureKind.OutcomeUnknown);
        (table.Counts.Succeeded + table.Counts.Unknown).ShouldBe(table.Counts.Accepted);
        long counted = await SumAsync(table, "n");
        counted.ShouldBeInRange(table.Counts.Succeeded - 20, table.Counts.Succeeded - 20 + table.Counts.Unknown);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Exactly_once_counts_exactly_and_leaves_nothing_unknown(int seed)
    {
        WriteTable table = await _fixture.CreateTableAsync();
        await PutAsync(table, 20);
        _fixture.Aws.Faults.Set(Trouble(seed));

        using WriterRun run = Start(seed);
        var options = new UpdateOptions { ExactlyOnce = true, Increment = new Dictionary<string, byte[]?> { ["n"] = "{\"N\":\"2\"}"u8.ToArray() } };
        var update = new Updates(table, options);
        await run.WriteAsync(Enumerable.Range(0, 200).Select(i => update.Make("k" + (i % 20))));

        table.Counts.Succeeded.ShouldBe(220);
        run.Outcomes.ShouldBeEmpty();
        (await SumAsync(table, "n")).ShouldBe(400);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_lost_answer_is_no_false_duplicate_and_no_false_conflict(int seed)
    {
        WriteTable table = await _fixture.CreateTableAsync();
        _fixture.Aws.Faults.Set(Trouble(seed));

        using WriterRun run = Start(seed);
        await run.WriteAsync(Enumerable.Range(0, 300).Select(i => Updates.Insert(table, "k" + i, ("v", i), ("t", "x"))));
        var update = new Updates(table, new UpdateOptions { Condition = "v = :old", ConditionValues = new Dictionary<string, byte[]> { [":old"] = "{\"N\":\"7\"}"u8.ToArray() } });
        await run.WriteAsync([update.Make("k7", ("v", 8))]);

        run.Outcomes.ShouldBeEmpty();
        table.Counts.Succeeded.ShouldBe(301);
        await run.WriteAsync(Enumerable.Range(0, 300).Select(i => Updates.Insert(table, "k" + i, ("v", -1))));
        run.Outcomes.Count.ShouldBe(300);
        run.Outcomes.ShouldAllBe(o => o.Kind == FailureKind.DuplicateItem);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_the_grant_for_statements_each_update_goes_by_itself(bool inAnswer)
    {
        WriteTable table = await _fixture.CreateTableAsync();
        await PutAsync(table, 60);
        string[] denied = ["PartiQLUpdate"];
        _fixture.Aws.Faults.Set(inAnswer ? new FaultSettings { DeniedStatements = denied } : new FaultSettings { Denied = denied });

        using WriterRun run = Start(1);
        var update = new Updates(table, new UpdateOptions());
        await run.WriteAsync(Enumerable.Range(0, 60).Select(i => update.Make("k" + i, ("v", i + 1000))));

        table.Counts.Succeeded.ShouldBe(120);
        (await _fixture.ReadAsync(table))["k5"].ShouldBe(1005);
        _fixture.Aws.Log.Of("UpdateItem").Count.ShouldBe(60);
    }

    [Fact]
    public async Task What_a_statement_cannot_say_is_told_by_the_items_own_request()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        await PutAsync(table, 3);
        var update = new Updates(table, new UpdateOptions());
        WriteOperation[] writes = [update.Make("k0", ("v", 10)), update.Make("none", ("v", 11)), update.Make("k2", ("v", 12))];

        using WriterRun run = Start(1);
        await run.WriteAsync(writes);

        run.Outcomes.Single().ShouldSatisfyAllConditions(
            o => o.Operation.ShouldBe(writes[1]), o => o.Kind.ShouldBe(FailureKind.ItemNotFound), o => o.Status.ShouldBe(WriteStatus.Failed));
        (await _fixture.ReadAsync(table)).ShouldBe(new Dictionary<string, int> { ["k0"] = 10, ["k1"] = 1, ["k2"] = 12 }, ignoreOrder: true);
    }

    [Fact]
    public async Task The_old_item_is_returned_but_never_one_that_is_not_the_old_one()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        await PutAsync(table, 2);
        var update = new Updates(table, new UpdateOptions { Returned = ReturnedItem.Old });

        using WriterRun run = Start(1, tellSuccesses: true);
        await run.WriteAsync([update.Make("k0", ("v", 10))]);
        _fixture.Aws.Faults.Next("UpdateItem", FaultKind.CutAfter);
        await run.WriteAsync([update.Make("k1", ("v", 11))]);

        ItemReader.Read(run.Outcomes[0].Returned.Span)["v"].ShouldBe(NumberText.Parse("0"));
        run.Outcomes[1].Returned.IsEmpty.ShouldBeTrue();
        run.Outcomes[1].Message!.ShouldContain("lost");
    }

    private static FaultSettings Trouble(int seed)
    {
        var faults = new OperationFaults
        {
            Chance = new Dictionary<FaultKind, double>
            {
                [FaultKind.Throttled] = 0.05,
                [FaultKind.Error500Before] = 0.03,
                [FaultKind.Error500After] = 0.03,
                [FaultKind.Error503Midway] = 0.03,
                [FaultKind.CutBefore] = 0.02,
                [FaultKind.CutAfter] = 0.03,
                [FaultKind.CutMidway] = 0.03,
                [FaultKind.TruncatedAnswer] = 0.02,
                [FaultKind.GarbledAnswer] = 0.02,
                [FaultKind.LateCut] = 0.03,
                [FaultKind.LateError500] = 0.03,
                [FaultKind.TransactionConflict] = 0.03,
            },
            LatencyJitter = 3,
            LateMin = 20,
            LateMax = 300,
        };
        var statements = new Dictionary<FaultKind, double>(faults.Chance)
        {
            [FaultKind.StatementsThrottled] = 0.05, [FaultKind.StatementsError500Before] = 0.05, [FaultKind.StatementsError500After] = 0.05,
        };
        return new FaultSettings
        {
            Seed = seed,
            Operations = Operations.ToDictionary(o => o, o => o == "BatchExecuteStatement" ? faults with { Chance = statements } : faults),
        };
    }

    private static string Text(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task PutAsync(WriteTable table, int count)
    {
        using var run = new WriterRun(_fixture.Connection.CreateWriter);
        await run.WriteAsync(Enumerable.Range(0, count).Select(i => LocalAwsFixture.Put(table, "k" + i, i)));
    }

    private async Task<long> SumAsync(WriteTable table, string name)
    {
        Dictionary<string, Dictionary<string, string>> items = await _fixture.ReadItemsAsync(table);
        return items.Values.Sum(i => i.TryGetValue(name, out string? n) ? long.Parse(n, System.Globalization.CultureInfo.InvariantCulture) : 0);
    }

    private WriterRun Start(int seed, bool tellSuccesses = false) => new(
        _fixture.Connection.CreateWriter, new WriterOptions { Quarantine = LocalAwsFixture.Quarantine, Seed = seed, TellSuccesses = tellSuccesses });
}
