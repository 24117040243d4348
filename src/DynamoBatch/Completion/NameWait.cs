using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Completion;

/// <summary>Waits for names for a second at most. What comes later is there when the user asks again.</summary>
internal static class NameWait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The names that were found in time.</summary>
    public static IReadOnlyList<FoundName> Ask(ConnectionSettings settings, Func<NameLookup, FoundNames> find)
    {
        long start = Stopwatch.GetTimestamp();
        if (Wait(() => find(ConnectionCache.GetForNames(settings).Names), start) is not { } found)
        {
            return [];
        }

        Wait(found.Completion, start);
        return found.Snapshot();
    }

    /// <summary>The names of files, which may be on a network.</summary>
    public static IReadOnlyList<FoundName> Ask(Func<IReadOnlyList<FoundName>> find) => Wait(find, Stopwatch.GetTimestamp()) ?? [];

    private static T? Wait<T>(Func<T> step, long start)
        where T : class
    {
        Task<T> task = Task.Run(step);
        return Wait(task, start) ? Crossing.Take(task) : null;
    }

    /// <summary>Whether it ended well, in time.</summary>
    private static bool Wait(Task task, long start)
    {
        using var crossing = new Crossing();
        TimeSpan left = Patience - TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency);
        if (!task.IsCompleted && left > TimeSpan.Zero)
        {
            crossing.Wait(task, left);
        }

        return task.Status is TaskStatus.RanToCompletion;
    }
}
