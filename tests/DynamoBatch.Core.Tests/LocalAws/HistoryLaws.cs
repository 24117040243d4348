using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.LocalAws;
using DynamoBatch.LocalAws.Faults;
using Xunit;
using Xunit.Abstractions;

namespace DynamoBatch.Core.Tests.LocalAws;

/// <summary>
/// Writers write everything in every way, through faults, while the clock goes on. A restore to any second must give each item as it was then: one of
/// the states that it may have had, as the writes around that second were under way.
/// </summary>
public sealed class HistoryLaws(ITestOutputHelper output) : BackupTest
{
    private const int Writers = 6;
    private const int KeysOfAWriter = 6;
    private const int Steps = 40;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Step>> _steps = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(DateTimeOffset From, DateTimeOffset To)> _adds = new();

    protected override LocalAwsOptions Options => base.Options with
    {
        Faults = new FaultSettings
        {
            Seed = 7,
            Operations = new[] { "BatchWriteItem", "PutItem", "DeleteItem", "BatchExecuteStatement", "TransactWriteItems", "ExecuteStatement", "ExecuteTransaction" }
                .ToDictionary(o => o, _ => new OperationFaults
                {
                    LatencyJitter = 3,
                    LateMin = 1,
                    LateMax = 20,
                    Chance = new Dictionary<FaultKind, double>
                    {
                        [FaultKind.CutAfter] = 0.05,
                        [FaultKind.Error500Midway] = 0.05,
                        [FaultKind.LateCut] = 0.05,
                        [FaultKind.UnprocessedSome] = 0.1,
                    },
                }),
        },
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_second_can_be_restored(int seed)
    {
        output.WriteLine($"Seed {seed}");
        await PutAsync("w0k0", "base");
        await TurnOnAsync();
        var began = Second();
        for (var w = 0; w < Writers; w++)
        {
            for (var k = 0; k < KeysOfAWriter; k++)
            {
                _steps[$"w{w}k{k}"] = new([new Step(DateTimeOffset.MinValue, DateTimeOffset.MinValue, w + k == 0 ? "base" : null)]);
            }
        }

        using var done = new CancellationTokenSource();
        var clock = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await Task.Delay(2);
                Advance(1);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(w, new Random((seed * 100) + w)))));
        await done.CancelAsync();
        await clock;
        Advance(2);

        var seconds = (int)(Second() - began).TotalSeconds;
        var random = new Random(seed);
        var times = Enumerable.Range(0, 12).Select(_ => began.AddSeconds(random.Next(seconds))).Append(began).Append(Second()).ToList();
        for (var i = 0; i < times.Count; i++)
        {
            await CheckAsync(times[i], $"Restored{i}");
        }
    }

    private async Task CheckAsync(DateTime time, string target)
    {
        await RestoreAsync(time, target);
        await ActiveAsync(target);
        var items = ((await Client.ScanAsync(new ScanRequest(target) { ConsistentRead = true })).Items ?? []).ToDictionary(i => i["id"].S);
        foreach (var (key, steps) in _steps)
        {
            var last = steps.Last(s => s.To <= time);
            var possible = steps.Where(s => s.From <= time && s.To > time).Append(last).Select(s => s.Value).ToList();
            var found = items.GetValueOrDefault(key)?.GetValueOrDefault("value")?.S;
            Assert.True(possible.Contains(found), $"{key} at {time:O}: '{found}', and not one of {string.Join(", ", possible.Select(p => $"'{p}'"))}");
        }

        var count = int.Parse(items.GetValueOrDefault("shared")?["count"].N ?? "0", CultureInfo.InvariantCulture);
        Assert.InRange(count, _adds.Count(a => a.To <= time), _adds.Count(a => a.From <= time));
    }

    private async Task WriteAsync(int writer, Random random)
    {
        for (var step = 0; step < Steps; step++)
        {
            var keys = Enumerable.Range(0, KeysOfAWriter).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(k => $"w{writer}k{k}").ToList();
            var value = $"{writer}.{step}";
            var kind = random.Next(9);
            var from = Aws.Backups.Now;
            try
            {
                await RunAsync(kind, keys, value);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                // Its outcome is not known, and may come late.
            }

            await Aws.SettleAsync();
            var to = Aws.Backups.Now;
            foreach (var key in keys)
            {
                var answer = await Backend.GetItemAsync(new GetItemRequest { TableName = Table, Key = Key(key), ConsistentRead = true });
                _steps[key].Enqueue(new Step(from, to, answer.Item?.GetValueOrDefault("value")?.S));
            }

            from = Aws.Backups.Now;
            await Client.UpdateItemAsync(new UpdateItemRequest
            {
                TableName = Table,
                Key = Key("shared"),
                UpdateExpression = "ADD #c :one",
                ExpressionAttributeNames = new Dictionary<string, string> { ["#c"] = "count" },
                ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":one"] = new() { N = "1" } },
            });
            _adds.Enqueue((from, Aws.Backups.Now));
        }
    }

    private Task RunAsync(int kind, List<string> keys, string value) => kind switch
    {
        0 => Client.PutItemAsync(Table, Item(keys[0], value)),
        1 => Client.DeleteItemAsync(Table, Key(keys[0])),
        2 => Client.BatchWriteItemAsync(new BatchWriteItemRequest(new Dictionary<string, List<WriteRequest>>
        {
            [Table] = keys.ConvertAll(k => new WriteRequest(new PutRequest(Item(k, value)))),
        })),
        3 => Client.BatchWriteItemAsync(new BatchWriteItemRequest(new Dictionary<string, List<WriteRequest>>
        {
            [Table] = keys.ConvertAll(k => new WriteRequest(new DeleteRequest(Key(k)))),
        })),
        4 => Client.BatchExecuteStatementAsync(new BatchExecuteStatementRequest
        {
            Statements = keys.ConvertAll(k => new BatchStatementRequest
            {
                Statement = $"UPDATE \"{Table}\" SET \"value\"=? WHERE \"id\"=?",
                Parameters = [new AttributeValue(value), new AttributeValue(k)],
            }),
        }),
        5 => Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems = keys.ConvertAll(k => new TransactWriteItem { Put = new Put { TableName = Table, Item = Item(k, value) } }),
        }),
        6 => Client.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = $"INSERT INTO \"{Table}\" VALUE {{'id':'{keys[0]}','value':'{value}'}}" }),
        7 => Client.ExecuteTransactionAsync(new ExecuteTransactionRequest
        {
            TransactStatements = keys.ConvertAll(k => new ParameterizedStatement { Statement = $"DELETE FROM \"{Table}\" WHERE \"id\"=?", Parameters = [new(k)] }),
        }),
        // A form whose key the local AWS does not read: it compares the table.
        _ => Client.ExecuteStatementAsync(new ExecuteStatementRequest
        {
            Statement = $"UPDATE \"{Table}\" SET \"value\"='{value}' WHERE (\"id\"='{keys[0]}')",
        }),
    };

    private static Dictionary<string, AttributeValue> Key(string id) => new() { ["id"] = new(id) };

    private static Dictionary<string, AttributeValue> Item(string id, string value) => new() { ["id"] = new(id), ["value"] = new(value) };

    private sealed record Step(DateTimeOffset From, DateTimeOffset To, string? Value);
}
