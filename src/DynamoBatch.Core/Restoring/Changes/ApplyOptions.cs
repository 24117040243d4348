using System;
using System.Collections.Generic;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>How changes are made.</summary>
internal sealed class ApplyOptions
{
    /// <summary>Without the fence: newer writes are overwritten.</summary>
    public bool Force { get; init; }

    /// <summary>Whether the restore is of some attributes only, as a three-way one always is: even without the fence nothing else of an item that is there is written.</summary>
    public bool IsOfAttributes { get; init; }

    /// <summary>Whether an earlier run may have made some of the changes without having told.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Names of attributes that the compared items had, the frequent ones first.</summary>
    public IReadOnlyList<string> KnownNames { get; init; } = [];

    /// <summary>Told what nobody can be sure of. Any thread.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>How the writer sends; given what it is to call when there is something to read.</summary>
    public required Func<Action, WriterOptions> Writer { get; init; }
}
