using System;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>How patiently the control plane is asked.</summary>
internal sealed record ControlPace
{
    /// <summary>The first wait between two looks at something that is under way; each is half as long again.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between two looks.</summary>
    public TimeSpan LongestPoll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an endpoint may not be reachable that never answered.</summary>
    public TimeSpan FirstAnswer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing but throttles and server errors may come. A restore takes hours; a short outage must not end it.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait while too much is under way in the account. (50 restores at once, 500 table operations.)</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long to wait for what the service refuses while it is still setting up a new table.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a change whose answer was lost may still be on its way: a late deletion must not meet the next table of the name.</summary>
    public TimeSpan Quarantine { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The next wait.</summary>
    public TimeSpan After(TimeSpan poll)
    {
        TimeSpan next = TimeSpan.FromTicks(poll.Ticks + (poll.Ticks / 2));
        return next < LongestPoll ? next : LongestPoll;
    }
}
