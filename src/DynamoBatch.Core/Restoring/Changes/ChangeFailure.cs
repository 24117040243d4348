using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>A change that was not made, or not wholly.</summary>
/// <param name="Change">The change.</param>
/// <param name="Kind">ConditionFailed where a newer write stands.</param>
/// <param name="Message">Names the item, the cause and the remedy.</param>
/// <param name="Attributes">The attributes whose newer values stand; none where it is about the whole item.</param>
/// <param name="Present">The item as it was met; empty where there was none, or it is not known.</param>
internal sealed record ChangeFailure(
    StagedChange Change, FailureKind Kind, string Message, IReadOnlyList<string> Attributes, ReadOnlyMemory<byte> Present);
