using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Restoring.Changes;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Tests.Sending;
using DynamoBatch.LocalAws.Faults;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Restoring;

/// <summary>Changes against a real server, over HTTP, with newer writes in their way and everything going wrong that may.</summary>
public sealed class ChangeApplierTests : IClassFixture<LocalAwsFixture>, IDisposable
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e.f", "name"];

    private readonly LocalAwsFixture _fixture;
    private readonly string _folder = Directory.CreateTempSubdirectory("changes").FullName;

    public ChangeApplierTests(LocalAwsFixture fixture)
    {
        _fixture = fixture;
        _fixture.Aws.Faults.Clear();
        _fixture.Aws.Log.Reset();
    }

    private readonly ConcurrentQueue<string> _warnings = new();

    private string Changes => Path.Combine(_folder, "changes");

    private string Outcomes => Path.Combine(_folder, "outcomes");

    private string Undo => Path.Combine(_folder, "undo");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task The_damage_is_undone_and_newer_writes_stand(int seed, bool trouble)
    {
        (RandomChanges random, WriteTable table) = await PrepareAsync(seed, 600);
        _fixture.Aws.Faults.Set(trouble ? Trouble(seed) : FaultSettings.None);

        // Where no answer is lost, what no item was seen to have is noticed all the same.
        List<ChangeFailure> failures = await ApplyAsync(random, table, resumed: false, CancellationToken.None, known: trouble ? Names : Names[..4]);

        await ShouldBeAsync(random, table);
        using var outcomes = new OutcomeFile(Outcomes, random.Rows.Count);
        failures.Where(f => f.Kind != FailureKind.ConditionFailed).Select(f => f.Message).ShouldBeEmpty();
        outcomes.CountOf(ChangeOutcome.Conflict).ShouldBe(failures.Count);
        outcomes.CountOf(ChangeOutcome.None).ShouldBe(0);
        int overwritten = random.Rows.Count(r => r.Present is not null && !SameItem(Expected(random, r.Id), r.Present));
        if (trouble)
        {
            // Where an answer was lost, what was overwritten is filed as it was seen.
            File.ReadAllLines(Undo).Length.ShouldBeGreaterThanOrEqualTo(overwritten);
        }
        else
        {
            File.ReadAllLines(Undo).Length.ShouldBe(overwritten);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task A_run_ended_anywhere_is_completed_by_the_next(int seed)
    {
        (RandomChanges random, WriteTable table) = await PrepareAsync(seed, 500);
        _fixture.Aws.Faults.Set(Trouble(seed));
        var ends = new Random(seed);

        for (int run = 0; run < 6; run++)
        {
            using var end = new CancellationTokenSource(ends.Next(5, 120));
            await ApplyAsync(random, table, resumed: run > 0, end.Token);
        }

        await ApplyAsync(random, table, resumed: true, CancellationToken.None);

        await ShouldBeAsync(random, table);
    }

    [Fact]
    public async Task An_attribute_that_nobody_had_seen_comes_back_with_its_item()
    {
        (RandomChanges random, WriteTable table) = await PrepareAsync(8, 0);
        random.Rows.Add(("k1", new() { ["a"] = 1 }, null, new() { ["a"] = 1, ["never seen"] = 2 }));
        await PutAsync(random, table);
        random.Stage(Changes);

        List<ChangeFailure> failures = await ApplyAsync(random, table, resumed: false, CancellationToken.None);

        failures.Single().Attributes.ShouldBe(["never seen"]);
        (await _fixture.ReadItemsAsync(table))["k1"]["never seen"].ShouldBe("2");
        File.ReadAllText(Undo).ShouldContain("never seen");
    }

    [Fact]
    public async Task A_deletion_whose_image_was_lost_is_told_of()
    {
        (RandomChanges random, WriteTable table) = await PrepareAsync(8, 0);
        random.Rows.Add(("k1", new() { ["a"] = 1 }, null, new() { ["a"] = 1 }));
        await PutAsync(random, table);
        random.Stage(Changes);
        _fixture.Aws.Faults.Next("DeleteItem", FaultKind.CutAfter);

        List<ChangeFailure> failures = await ApplyAsync(random, table, resumed: false, CancellationToken.None);

        failures.ShouldBeEmpty();
        _warnings.Single().ShouldContain("id='k1'");
        File.ReadAllText(Undo).ShouldContain("\"a\"");
        (await _fixture.ReadItemsAsync(table)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_fence_newer_writes_are_overwritten()
    {
        (RandomChanges random, WriteTable table) = await PrepareAsync(9, 200);
        List<ChangeFailure> conflicts = await ApplyAsync(random, table, resumed: false, CancellationToken.None);
        conflicts.ShouldNotBeEmpty();

        // Each run looks at them again, and tells of them.
        (await ApplyAsync(random, table, resumed: true, CancellationToken.None)).Count.ShouldBe(conflicts.Count);
        List<ChangeFailure> failures = await ApplyAsync(random, table, resumed: true, CancellationToken.None, force: true);

        failures.ShouldBeEmpty();
        Dictionary<string, Dictionary<string, string>> items = await _fixture.ReadItemsAsync(table);
        foreach (string id in conflicts.Select(c => System.Text.Json.JsonDocument.Parse(c.Change.Key).RootElement.GetProperty("id").GetProperty("S").GetString()!))
        {
            var row = random.Rows.Single(r => r.Id == id);
            if (row.Wanted is null)
            {
                items.ShouldNotContainKey(id);
            }
            else
            {
                items[id].Where(a => a.Key != "id").ToDictionary(a => a.Key, a => a.Value).ShouldBe(row.Wanted.ToDictionary(a => a.Key, a => Text(a.Value)), ignoreOrder: true);
            }
        }
    }

    [Fact]
    public async Task What_was_written_is_read_back()
    {
        (RandomChanges random, WriteTable table) = await PrepareAsync(10, 300);
        await ApplyAsync(random, table, resumed: false, CancellationToken.None);
        using var outcomes = new OutcomeFile(Outcomes, random.Rows.Count);

        var verifier = new ChangeVerifier(table.Schema, change => outcomes[change.Ordinal]);
        await verifier.RunAsync(
            _fixture.Connection, signal => new ReaderOptions { ConsistentRead = true, Signal = signal }, ChangeFile.Read(Changes, random.Rows.Count), CancellationToken.None);

        verifier.DamagedAgain.ShouldBeEmpty();
        verifier.ChangedSince.ShouldBe(0);
        verifier.AsWanted.ShouldBe(outcomes.CountOf(ChangeOutcome.Put) + outcomes.CountOf(ChangeOutcome.Updated) + outcomes.CountOf(ChangeOutcome.Deleted));
    }

    [Fact]
    public async Task Denied_in_the_middle_what_was_done_is_known()
    {
        (RandomChanges random, WriteTable table) = await PrepareAsync(11, 300);
        _fixture.Aws.Faults.Set(new FaultSettings { Denied = ["DeleteItem"] });

        await ApplyAsync(random, table, resumed: false, CancellationToken.None, failure: FailureKind.AccessDenied);
        _fixture.Aws.Faults.Clear();
        await ApplyAsync(random, table, resumed: true, CancellationToken.None);

        await ShouldBeAsync(random, table);
    }

    private async Task<(RandomChanges Random, WriteTable Table)> PrepareAsync(int seed, int count)
    {
        WriteTable table = await _fixture.CreateTableAsync();
        var random = new RandomChanges(seed, count);
        await PutAsync(random, table);
        random.Stage(Changes);
        return (random, table);
    }

    private async Task PutAsync(RandomChanges random, WriteTable table)
    {
        using var run = new WriterRun(_fixture.Connection.CreateWriter);
        await run.WriteAsync(random.Rows.Where(r => r.Present is not null).Select(
            r => Updates.Insert(table, r.Id, r.Present!.Select(a => (a.Key, (object)a.Value)).ToArray())));
        run.Outcomes.ShouldBeEmpty();
    }

    private async Task<List<ChangeFailure>> ApplyAsync(
        RandomChanges random, WriteTable table, bool resumed, CancellationToken cancellation, bool force = false, FailureKind? failure = null, string[]? known = null)
    {
        using var outcomes = new OutcomeFile(Outcomes, random.Rows.Count);
        using var undo = new AppendFile(Undo);
        var options = new ApplyOptions
        {
            Force = force,
            IsResumed = resumed,
            KnownNames = known ?? Names,
            Warn = _warnings.Enqueue,
            Writer = signal => new WriterOptions { Signal = signal, TellSuccesses = true, Quarantine = LocalAwsFixture.Quarantine, Seed = 1 },
        };
        using var applier = new ChangeApplier(_fixture.Connection, table.Schema, outcomes, undo, options);

        await applier.RunAsync(ChangeFile.Read(Changes, random.Rows.Count), cancellation);

        applier.Failure?.Kind.ShouldBe(failure!.Value);
        var failures = new List<ChangeFailure>();
        while (applier.TryTakeFailure(out ChangeFailure? told))
        {
            failures.Add(told!);
        }

        return failures;
    }

    private async Task ShouldBeAsync(RandomChanges random, WriteTable table)
    {
        Dictionary<string, Dictionary<string, string>> items = await _fixture.ReadItemsAsync(table);
        Dictionary<string, Dictionary<string, int>> expected = random.Expected();
        items.Keys.Except(expected.Keys).ShouldBeEmpty();
        expected.Keys.Except(items.Keys).ShouldBeEmpty();
        foreach (var (id, item) in items)
        {
            item.Where(a => a.Key != "id").ToDictionary(a => a.Key, a => a.Value).ShouldBe(expected[id].ToDictionary(a => a.Key, a => Text(a.Value)), ignoreOrder: true, id);
        }
    }

    private static Dictionary<string, int>? Expected(RandomChanges random, string id) => random.Expected().GetValueOrDefault(id);

    private static bool SameItem(Dictionary<string, int>? left, Dictionary<string, int> right) =>
        left is not null && left.Count == right.Count && left.All(a => right.TryGetValue(a.Key, out int value) && value == a.Value);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static FaultSettings Trouble(int seed)
    {
        var chance = new Dictionary<FaultKind, double>
        {
            [FaultKind.Throttled] = 0.05,
            [FaultKind.Error500Before] = 0.03,
            [FaultKind.Error500After] = 0.05,
            [FaultKind.CutBefore] = 0.02,
            [FaultKind.CutAfter] = 0.05,
            [FaultKind.LateCut] = 0.03,
            [FaultKind.LateError500] = 0.03,
        };
        var faults = new OperationFaults { Chance = chance, LatencyJitter = 3, LateMin = 20, LateMax = 200 };
        string[] operations = ["BatchExecuteStatement", "UpdateItem", "PutItem", "DeleteItem", "BatchWriteItem"];
        return new FaultSettings { Seed = seed, Operations = operations.ToDictionary(o => o, _ => faults) };
    }
}
