using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using DynamoBatch.Benchmarks.Clients;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Benchmarks.Comparing;

/// <summary>
/// A table whose pages are made when they are asked for, as the bytes that a service answers: seven attributes and a filling, about
/// 500 bytes an item. The second table has the same items but for some, and where that is wanted another order.
/// </summary>
internal sealed class GeneratedTable
{
    private const int PageItems = 2000;
    private const long Step = 700_001; // A prime: every place is met once, neighbours far from each other.

    private static readonly string Filling = new('.', 320);

    private readonly BenchmarkRows _rows = new();
    private readonly int _items;
    private readonly int _every;
    private readonly bool _isSecond;
    private readonly bool _shuffled;

    public GeneratedTable(string name, int items, int differences, bool isSecond, bool shuffled)
    {
        Schema = new TableSchema(name, new KeyAttribute(BenchmarkRows.Names[0], KeyType.S), null, []) { ApproximateBytes = items * 500L };
        _items = items;
        _every = Math.Max(1, items / Math.Max(1, differences));
        _isSecond = isSecond;
        _shuffled = shuffled;
    }

    public TableSchema Schema { get; }

    public Task<PageReply> ScanAsync(PageRequest request)
    {
        int end = (int)((request.Segment.Number + 1L) * _items / request.TotalSegments);
        int start = request.StartKey is { } key
            ? int.Parse(Encoding.ASCII.GetString(key).Split('"')[1], CultureInfo.InvariantCulture)
            : (int)((long)request.Segment.Number * _items / request.TotalSegments);
        int until = Math.Min(end, start + Math.Min(PageItems, request.Limit ?? PageItems));
        using var answer = new MemoryStream((until - start) * 700);
        Write(answer, "{\"Items\":[");
        for (int place = start; place < until; place++)
        {
            Write(answer, place > start ? "," : string.Empty);
            Write(answer, ItemOf(_shuffled ? (int)(place * Step % _items) : place));
        }

        string next = until < end ? $",\"LastEvaluatedKey\":{{\"{until}\":0}}" : string.Empty;
        Write(answer, FormattableString.Invariant($"],\"Count\":{until - start},\"ScannedCount\":{until - start}{next}}}"));
        return Task.FromResult(PageAnswer.Read(answer.ToArray()));
    }

    /// <summary>An item by its canonical key; empty where there is none.</summary>
    public ReadOnlyMemory<byte> LookUp(ReadOnlyMemory<byte> key)
    {
        string id = Encoding.ASCII.GetString(key.Span).Split('"')[5];
        int number = int.Parse(id.Split('-')[1], CultureInfo.InvariantCulture);
        return id == IdOf(number) ? Encoding.UTF8.GetBytes(ItemOf(number)) : default(ReadOnlyMemory<byte>);
    }

    private static void Write(MemoryStream answer, string text) => answer.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>One in so many differs: the first two kinds are changed, of the third each table has one that the other has not.</summary>
    private int KindOf(int number) => _isSecond && number % _every == 0 ? number / _every % 3 : -1;

    private string IdOf(int number) => FormattableString.Invariant($"{(KindOf(number) == 2 ? "other" : "user")}-{number:D8}");

    private string ItemOf(int number)
    {
        object[] row = _rows[number];
        string note = (KindOf(number) is 0 or 1 ? "x" : string.Empty) + Filling;
        return FormattableString.Invariant(
            $$$"""{"city":{"S":"{{{row[3]}}}"},"id":{"S":"{{{IdOf(number)}}}"},"active":{"BOOL":{{{((bool)row[6] ? "true" : "false")}}}},"name":{"S":"{{{row[1]}}}"},"note":{"S":"{{{note}}}"},"balance":{"N":"{{{row[5]}}}"},"email":{"S":"{{{row[2]}}}"},"createdAt":{"S":"{{{row[4]}}}"}}""");
    }
}
