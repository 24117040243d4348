using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Core.Tests.Restoring.Reconciling;

/// <summary>
/// Good writers that go on whatever happens to the table, and what they wrote. Writes of one key come one after the other, so what
/// they leave is known: the attributes each wrote last since it last put or deleted the item.
/// </summary>
internal sealed class Traffic
{
    private static readonly string[] Attributes = ["g0", "g1", "g2", "g3"];

    private readonly AmazonDynamoDBClient _client;
    private readonly string _table;
    private readonly int _seed;
    private readonly int _items;
    private readonly ConcurrentDictionary<string, Dictionary<string, string?>> _written = new();
    private readonly CancellationTokenSource _end = new();
    private Task _running = Task.CompletedTask;
    private long _count;

    public Traffic(AmazonDynamoDBClient client, string table, int items, int seed)
    {
        _client = client;
        _table = table;
        _items = items;
        _seed = seed;
    }

    /// <summary>Writes acknowledged.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>By key, the attributes written and their last values; null where removed. The name "" stands where the item was deleted first.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, string?>> Written => _written;

    /// <summary>Begins.</summary>
    /// <param name="isAllowed">Which keys may be written.</param>
    /// <param name="mayDelete">Which keys may be deleted, and have the damaged attributes written too; none where null.</param>
    public void Start(Func<string, bool> isAllowed, Func<string, bool>? mayDelete = null) =>
        _running = Task.WhenAll(Enumerable.Range(0, 6).Select(w => Task.Run(() => WriteAsync(w, isAllowed, mayDelete))));

    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await _running;
    }

    public async Task UntilAsync(long count)
    {
        while (Count < count && !_running.IsCompleted)
        {
            await Task.Delay(5);
        }
    }

    private async Task WriteAsync(int worker, Func<string, bool> isAllowed, Func<string, bool>? mayDelete)
    {
        var random = new Random((_seed * 100) + worker);
        while (!_end.IsCancellationRequested)
        {
            // Each key is one worker's.
            string id = "k" + ((random.Next(_items * 11 / 10) / 6 * 6) + worker).ToString(CultureInfo.InvariantCulture);
            if (!isAllowed(id))
            {
                continue;
            }

            int what = mayDelete is null ? 2 : random.Next(40);
            string value = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
            if (what == 0 && mayDelete!(id))
            {
                await _client.DeleteItemAsync(_table, Key(id));
                _written[id] = new() { [""] = null };
            }
            else
            {
                string name = what <= 1 ? "name" : Attributes[random.Next(Attributes.Length)];
                await _client.UpdateItemAsync(
                    new UpdateItemRequest
                    {
                        TableName = _table, Key = Key(id), UpdateExpression = "SET #a = :v", ExpressionAttributeNames = new() { ["#a"] = name }, ExpressionAttributeValues = new() { [":v"] = new(value) },
                    });
                _written.GetOrAdd(id, _ => [])[name] = value;
            }
        }
    }

    private static Dictionary<string, AttributeValue> Key(string id) => new() { ["id"] = new(id) };
}
