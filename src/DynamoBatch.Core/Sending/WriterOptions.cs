using System;

namespace DynamoBatch.Core.Sending;

/// <summary>How a writer sends.</summary>
public sealed class WriterOptions
{
    /// <summary>Requests in flight at most. The writer finds the useful number below it.</summary>
    public int ThrottleLimit { get; init; } = 64;

    /// <summary>Write units a second at most; null is no cap.</summary>
    public int? MaxWriteCapacity { get; init; }

    /// <summary>Items give up when nothing was written to their table for that long.</summary>
    public TimeSpan RetryTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Tries of one item at most.</summary>
    public int MaxRetry { get; init; } = 100;

    /// <summary>How long a key's next write waits after one whose earlier sending may land late.</summary>
    public TimeSpan Quarantine { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a part-filled request waits for more.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>An endpoint that answered nothing for so long since the first request ends the run; one that has answered before,
    /// by the retry time-out if that is longer.</summary>
    public TimeSpan FirstAnswerTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Whether one table's failure fails only its own items, or ends the run.</summary>
    public bool TablesFailAlone { get; init; }

    /// <summary>Whether successes and replacements are told one by one, or only counted.</summary>
    public bool TellSuccesses { get; init; }

    /// <summary>Called, on any thread and never twice at once for the same cause, when there is something to read, room again, or the end.</summary>
    public Action? Signal { get; init; }

    /// <summary>Told what the writer decides: lanes, back-offs. Called under the writer's lock; must return at once.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Keeps what became of each write, so that another run can go on; null where none does.</summary>
    internal IWriteJournal? Journal { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The seed of the jitter; null for a random one.</summary>
    public int? Seed { get; init; }
}
