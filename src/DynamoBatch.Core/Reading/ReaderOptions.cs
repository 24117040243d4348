using System;

namespace DynamoBatch.Core.Reading;

/// <summary>How a reader asks.</summary>
public sealed class ReaderOptions
{
    /// <summary>Requests in flight at most. The reader finds the useful number below it.</summary>
    public int ThrottleLimit { get; init; } = 64;

    /// <summary>Read units a second at most; null is no cap.</summary>
    public int? MaxReadCapacity { get; init; }

    /// <summary>Whether reads see all writes acknowledged before; costs twice the units.</summary>
    public bool ConsistentRead { get; init; }

    /// <summary>Whether keys are answered in the order in which they were asked for.</summary>
    public bool Ordered { get; init; }

    /// <summary>It is given up when nothing was read for that long.</summary>
    public TimeSpan RetryTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Tries of one key, or of one page without progress, at most.</summary>
    public int MaxRetry { get; init; } = 100;

    /// <summary>How long a part-filled request waits for more keys.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>An endpoint that answered nothing for so long since the first request ends the run.</summary>
    public TimeSpan FirstAnswerTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Whether one table's failure fails only its own keys, or ends the run.</summary>
    public bool TablesFailAlone { get; init; }

    /// <summary>Called, on any thread, when there is something to take, room again, or the end.</summary>
    public Action? Signal { get; init; }

    /// <summary>Told what the reader decides. Called under the reader's lock; must return at once.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The seed of the jitter; null for a random one.</summary>
    public int? Seed { get; init; }

    /// <summary>A cap that several readers keep together; null where the reader has its own.</summary>
    internal SharedCapacity? SharedCapacity { get; init; }
}
