using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>One writer per key at a time. Keys share locks by their hash; all of a request are taken in one fixed order.</summary>
internal sealed class KeyLocks
{
    private readonly SemaphoreSlim[] _locks = Enumerable.Range(0, 1024).Select(_ => new SemaphoreSlim(1, 1)).ToArray();

    /// <summary>Takes the locks of the keys; hand the result to <see cref="Exit" />.</summary>
    public async Task<IReadOnlyCollection<int>> EnterAsync(IEnumerable<(string Table, string Key)> keys, CancellationToken cancellationToken)
    {
        var wanted = new SortedSet<int>();
        foreach (var (table, key) in keys)
        {
            wanted.Add((int)((uint)HashCode.Combine(table, key) % (uint)_locks.Length));
        }

        var taken = new List<int>(wanted.Count);
        try
        {
            foreach (var number in wanted)
            {
                await _locks[number].WaitAsync(cancellationToken);
                taken.Add(number);
            }
        }
        catch
        {
            Exit(taken);
            throw;
        }

        return taken;
    }

    public void Exit(IReadOnlyCollection<int> taken)
    {
        foreach (var number in taken)
        {
            _locks[number].Release();
        }
    }
}
