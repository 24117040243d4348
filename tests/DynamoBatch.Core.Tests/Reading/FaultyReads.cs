using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Tests.Reading;

/// <summary>
/// A table in memory that does to a batch of keys what a real one may: reads a part of it, throttles it, loses the answer, refuses
/// it for one key, and answers out of order. Its content changes all the time: an item is the version at which it was read.
/// </summary>
internal sealed class FaultyReads
{
    private readonly Random _random;
    private readonly double _trouble;
    private readonly List<(ReadRequest Request, ReadReply Reply)> _answers = [];

    public FaultyReads(Random random, double trouble)
    {
        _random = random;
        _trouble = trouble;
        Table = new ReadTable(new TableSchema("T", new KeyAttribute("id", KeyType.N), null, []));
    }

    public ReadTable Table { get; }

    /// <summary>Goes up with each change of the content.</summary>
    public int Version { get; set; }

    public List<string> Violations { get; } = [];

    public int InFlight => _answers.Count;

    /// <summary>Every third key has no item.</summary>
    public static bool Exists(int id) => id % 3 != 0;

    /// <summary>A few keys are refused by the service.</summary>
    public static bool Refuses(int id) => id % 97 == 1;

    public static ReadOnlyMemory<byte> Key(int id) => Encoding.UTF8.GetBytes($$$"""{"id":{"N":"{{{id}}}"}}""");

    public static int Id(ReadOnlyMemory<byte> key) => int.Parse(Encoding.UTF8.GetString(key.Span).Split('"')[5], System.Globalization.CultureInfo.InvariantCulture);

    public static int VersionOf(KeyRead read) => int.Parse(Encoding.UTF8.GetString(read.Item.Span), System.Globalization.CultureInfo.InvariantCulture);

    public void Receive(ReadRequest request)
    {
        int[] ids = request.Keys.Select(k => Id(k.Key)).ToArray();
        if (ids.Distinct().Count() != ids.Length || ids.Length > 100)
        {
            Violations.Add("A key twice, or more than 100 keys.");
        }

        _answers.Add((request, Answer(ids)));
    }

    /// <summary>One of the answers on their way, whichever, arrives.</summary>
    public (ReadRequest Request, ReadReply Reply) TakeAnswer()
    {
        int which = _random.Next(_answers.Count);
        (ReadRequest, ReadReply) answer = _answers[which];
        _answers.RemoveAt(which);
        return answer;
    }

    private ReadReply Answer(int[] ids)
    {
        double dice = _random.NextDouble() / Math.Max(_trouble, 1e-9);
        if (ids.Any(Refuses))
        {
            return new ReadReply(ReplyKind.Rejected) { Message = "ValidationException" };
        }

        if (dice < 0.2)
        {
            return new ReadReply(ReplyKind.NotWritten) { Throttled = true, Message = "Throttled" };
        }

        if (dice < 0.4)
        {
            return new ReadReply(ReplyKind.Ambiguous) { Message = "500, or a lost answer" };
        }

        bool[]? unprocessed = dice < 1 ? ids.Select(_ => _random.Next(2) == 0).ToArray() : null;
        ReadOnlyMemory<byte> item = Encoding.UTF8.GetBytes($"{Version}");
        return new ReadReply(ReplyKind.Answered)
        {
            Items = ids.Select((id, i) => Exists(id) && unprocessed?[i] != true ? item : default).ToArray(),
            Unprocessed = unprocessed,
            Throttled = unprocessed is not null,
            Bytes = _random.Next(2) * 2_000_000,
        };
    }
}
