using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Changes;
using DynamoBatch.Core.Tests.Restoring.Recreating;
using DynamoBatch.Core.Tests.Sending;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace DynamoBatch.Core.Tests.Restoring.Reconciling;

/// <summary>
/// A script damages a table beside good writers, who never stop. DYNAMOBATCH_RESTORE_ITEMS says how large the table is; the
/// damage is in proportion to 100,000 items, of which it deletes 1,000, changes 500, and adds 700.
/// </summary>
public sealed class RestoreUnderTrafficTests : IClassFixture<RecreateWorld>, IDisposable
{
    private static readonly string[] Damaged = ["name", "status"];
    private readonly RecreateWorld _world;
    private readonly ITestOutputHelper _output;
    private readonly string _folder = Directory.CreateTempSubdirectory("traffic").FullName;

    public RestoreUnderTrafficTests(RecreateWorld world, ITestOutputHelper output)
    {
        _world = world;
        _output = output;
    }

    private static int Items { get; } = int.Parse(Environment.GetEnvironmentVariable("DYNAMOBATCH_RESTORE_ITEMS") ?? "3000", CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Traffic1", 1)]
    [InlineData("Traffic2", 2)]
    public async Task The_script_is_undone_and_every_good_write_stands(string name, int seed)
    {
        int deleted = Items / 100, changed = Items / 200, added = Items * 7 / 1000;
        bool IsDeleted(int i) => i < deleted;
        bool IsChanged(int i) => i >= deleted && i < deleted + changed;
        WriteTable table = await CreateAsync(name);
        DateTimeOffset t0 = Mark();

        // While the script runs, good writers work on other attributes and other keys.
        var beside = new Traffic(_world.Client, name, Items, seed);
        beside.Start(id => Number(id) >= deleted && Number(id) < Items);
        await beside.UntilAsync(200);
        await DamageAsync(table, deleted, changed, added);
        await beside.StopAsync();
        DateTimeOffset t1 = Mark();

        // Afterwards they work on everything, the damaged attributes and items too.
        var after = new Traffic(_world.Client, name, Items, seed + 50);
        // Whether a deletion of what the script had deleted comes before the restore or after it, nobody could tell.
        after.Start(_ => true, id => Number(id) >= deleted);
        await after.UntilAsync(Items / 3);

        var identity = new RestoreIdentity { Table = name, PointInTime = t0, DamageEnd = t1, Attributes = Damaged };
        var run = new Reconciliation(_world.Connection, _world.Control(), Path.Combine(_folder, "a.journal"));
        await run.RunAsync(identity, compared: () => after.UntilAsync(after.Count + (Items / 20)));
        await after.UntilAsync(after.Count + 200);
        await after.StopAsync();

        run.Staged!.Put.ShouldBe(deleted);
        run.Staged.Update.ShouldBe(changed);
        run.Staged.Delete.ShouldBe(added);
        run.Failures.ShouldAllBe(f => f.Kind == FailureKind.ConditionFailed);
        run.Failures.ShouldNotBeEmpty();
        Dictionary<string, Dictionary<string, string>> items = await ReadAsync(name);
        HashSet<string> conflicts = [.. run.Failures.Select(f => System.Text.Json.JsonDocument.Parse(f.Change.Key).RootElement.GetProperty("id").GetProperty("S").GetString()!)];
        int wrong = 0;
        for (int i = 0; i < Items * 12 / 10; i++)
        {
            string id = "k" + Text(i);
            Dictionary<string, string>? expected = i < Items ? Original(i) : null;
            if (IsDeleted(i) || i >= Items)
            {
                // A conflict is about the whole item: as the damage left it, and what was written since.
                bool stands = conflicts.Contains(id);
                expected = IsDeleted(i) == stands ? null : i < Items ? expected : i < Items + added && stands ? Original(i) : null;
            }
            else if (beside.Written.TryGetValue(id, out var before))
            {
                Apply(ref expected, before);
            }

            if (after.Written.TryGetValue(id, out var since))
            {
                if (IsChanged(i) && conflicts.Contains(id) && !since.ContainsKey("") && !since.ContainsKey("name"))
                {
                    wrong++;
                    _output.WriteLine($"{id}: a conflict without a cause");
                }

                Apply(ref expected, since);
            }

            items.TryGetValue(id, out Dictionary<string, string>? there);
            if (!Same(expected, there))
            {
                wrong++;
                _output.WriteLine($"{id}: expected {Text(expected)}, is {Text(there)}");
            }
        }

        _output.WriteLine(
            $"{Items} items, {beside.Count} good writes beside the script, {after.Count} since; {run.Staged.Changes} changes, {conflicts.Count} conflicts, {run.Verified!.AsWanted} verified, {run.Verified.ChangedSince} changed since, {run.UndoLines} undo lines");
        wrong.ShouldBe(0);
        run.Outcomes.Values.Sum().ShouldBe(run.Staged.Changes);
        run.Outcomes[ChangeOutcome.Conflict].ShouldBe(conflicts.Count);
    }

    [Fact]
    public async Task Without_traffic_the_table_is_exactly_as_it_was_and_no_more_was_written_than_differed()
    {
        const string Name = "Exact";
        WriteTable table = await CreateAsync(Name);
        DateTimeOffset t0 = Mark();
        Dictionary<string, Dictionary<string, string>> wanted = await ReadAsync(Name);
        await DamageAsync(table, Items / 100, Items / 200, Items * 7 / 1000);
        Mark();
        _world.Aws.Log.LogsKeys = true;
        _world.Aws.Log.Reset();

        var run = new Reconciliation(_world.Connection, _world.Control(), Path.Combine(_folder, "b.journal"));
        await run.RunAsync(new RestoreIdentity { Table = Name, PointInTime = t0 });

        Dictionary<string, Dictionary<string, string>> items = await ReadAsync(Name);
        items.Keys.ShouldBe(wanted.Keys, ignoreOrder: true);
        items.Where(i => !Same(wanted[i.Key], i.Value)).ShouldBeEmpty();
        _world.Aws.Log.Mutating.Where(r => r.Tables.Contains(Name) && !r.Operation.StartsWith("Restore", StringComparison.Ordinal)).Sum(r => r.Items).ShouldBe((int)run.Staged!.Changes);
        run.Staged.Changes.ShouldBe((Items / 100) + (Items / 200) + (Items * 7 / 1000));
        run.Failures.ShouldBeEmpty();
        run.Verified!.AsWanted.ShouldBe(run.Staged.Changes);
    }

    private async Task<WriteTable> CreateAsync(string name)
    {
        _world.Aws.Log.LogsKeys = false;
        await _world.Client.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name, BillingMode = Amazon.DynamoDBv2.BillingMode.PAY_PER_REQUEST, AttributeDefinitions = [new("id", "S")], KeySchema = [new("id", Amazon.DynamoDBv2.KeyType.HASH)],
            });
        await _world.Client.UpdateContinuousBackupsAsync(new() { TableName = name, PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = true } });
        var table = new WriteTable(await _world.Connection.GetSchemaAsync(name, null, default), 0);
        await WriteAsync(Enumerable.Range(0, Items).Select(i => Updates.Insert(table, "k" + Text(i), Original(i).Select(a => (a.Key, (object)a.Value)).ToArray())));
        return table;
    }

    private async Task DamageAsync(WriteTable table, int deleted, int changed, int added)
    {
        var update = new Updates(table, new Core.Updating.UpdateOptions());
        await WriteAsync(
            Enumerable.Range(0, deleted).Select(i => LocalAwsFixture.Delete(table, "k" + Text(i), i))
                .Concat(Enumerable.Range(deleted, changed).Select(i => update.Make("k" + Text(i), ("name", "BAD"), ("status", "BAD"))))
                .Concat(Enumerable.Range(Items, added).Select(i => Updates.Insert(table, "k" + Text(i), Original(i).Select(a => (a.Key, (object)a.Value)).ToArray()))));
    }

    private async Task WriteAsync(IEnumerable<WriteOperation> writes)
    {
        using var run = new WriterRun(_world.Connection.CreateWriter);
        await run.WriteAsync(writes);
        run.Outcomes.ShouldBeEmpty();
    }

    /// <summary>An instant between what was written and what will be. The service keeps whole seconds.</summary>
    private DateTimeOffset Mark()
    {
        _world.Aws.Backups.Advance(TimeSpan.FromSeconds(2));
        DateTimeOffset mark = _world.Aws.Backups.Now;
        _world.Aws.Backups.Advance(TimeSpan.FromSeconds(2));
        return mark;
    }

    private async Task<Dictionary<string, Dictionary<string, string>>> ReadAsync(string table)
    {
        var items = new Dictionary<string, Dictionary<string, string>>();
        Dictionary<string, AttributeValue>? next = null;
        do
        {
            ScanResponse page = await _world.Backend.ScanAsync(new ScanRequest(table) { ConsistentRead = true, ExclusiveStartKey = next });
            foreach (Dictionary<string, AttributeValue> item in page.Items)
            {
                items[item["id"].S] = item.Where(a => a.Key != "id").ToDictionary(a => a.Key, a => a.Value.S);
            }

            next = page.LastEvaluatedKey;
        }
        while (next is { Count: > 0 });

        return items;
    }

    private static Dictionary<string, string> Original(int i) => new[] { "name", "status", "g0", "g1", "g2", "g3", "a", "b", "c", "d", "e" }
        .ToDictionary(name => name, name => name + Text(i) + (name == "e" ? new string('x', 100) : string.Empty));

    private static void Apply(ref Dictionary<string, string>? item, Dictionary<string, string?> written)
    {
        item = written.ContainsKey("") ? null : item;
        foreach ((string name, string? value) in written.Where(a => a.Key.Length > 0))
        {
            (item ??= [])[name] = value!;
        }
    }

    private static int Number(string id) => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);

    private static bool Same(Dictionary<string, string>? left, Dictionary<string, string>? right) =>
        left is null || right is null ? left == right : left.Count == right.Count && left.All(a => right.TryGetValue(a.Key, out string? value) && value == a.Value);

    private static string Text(int i) => i.ToString(CultureInfo.InvariantCulture);

    private static string Text(Dictionary<string, string>? item) => item is null ? "nothing" : string.Join(' ', item.Select(a => $"{a.Key}={(a.Value.Length > 12 ? "..." : a.Value)}"));
}
