using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Comparing;

/// <summary>Digests pages where they come in, beside each other, so that the one who matches them has little to do.</summary>
internal sealed class PageDigester
{
    private readonly ConcurrentBag<ItemDigester> _idle = [];
    private readonly TableSchema _schema;
    private readonly HashSet<string>? _compared;
    private readonly AttributeNames _names;

    public PageDigester(TableSchema schema, IReadOnlyCollection<string>? compared, AttributeNames names)
    {
        _schema = schema;
        _compared = compared is null ? null : new HashSet<string>(compared, StringComparer.Ordinal);
        _names = names;
    }

    /// <summary>A transport whose replies bear a <see cref="ScannedPage"/> too.</summary>
    public Func<PageRequest, CancellationToken, Task<PageReply>> Over(Func<PageRequest, CancellationToken, Task<PageReply>> send) =>
        async (request, cancellation) =>
        {
            PageReply reply = await send(request, cancellation).ConfigureAwait(false);
            return reply.Items.Count == 0 ? reply : reply with { Made = Digest(reply.Items, request.Segment.Number) };
        };

    private ScannedPage Digest(List<ReadOnlyMemory<byte>> items, int segment)
    {
        ItemDigester digester = _idle.TryTake(out ItemDigester? idle) ? idle : new ItemDigester(_schema, _compared, _names);
        var scanned = new ScannedItem[items.Count];
        for (int i = 0; i < scanned.Length; i++)
        {
            scanned[i] = digester.Read(items[i]);
        }

        _idle.Add(digester);
        return new ScannedPage(segment, scanned);
    }
}
