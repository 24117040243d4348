using System;
using System.Collections.Generic;
using System.Management.Automation;
using DynamoBatch.Core;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Resuming;

namespace DynamoBatch.Pipeline;

/// <summary>Makes every error record of the module. The ErrorId is the kind's name.</summary>
internal static class ErrorRecords
{
    private static readonly Dictionary<FailureKind, ErrorCategory> Categories = new()
    {
        [FailureKind.ItemTooLarge] = ErrorCategory.LimitsExceeded,
        [FailureKind.ValueNotSupported] = ErrorCategory.InvalidType,
        [FailureKind.KeyAttributeMissing] = ErrorCategory.InvalidData,
        [FailureKind.KeyAttributeInvalid] = ErrorCategory.InvalidData,
        [FailureKind.ItemRejected] = ErrorCategory.InvalidData,
        [FailureKind.ItemNotFound] = ErrorCategory.ObjectNotFound,
        [FailureKind.ConditionFailed] = ErrorCategory.InvalidOperation,
        [FailureKind.DuplicateItem] = ErrorCategory.ResourceExists,
        [FailureKind.ItemUnprocessed] = ErrorCategory.LimitsExceeded,
        [FailureKind.OutcomeUnknown] = ErrorCategory.OperationTimeout,
        [FailureKind.NotSent] = ErrorCategory.OperationStopped,
        [FailureKind.TableNotFound] = ErrorCategory.ObjectNotFound,
        [FailureKind.AccessDenied] = ErrorCategory.PermissionDenied,
        [FailureKind.CredentialsInvalid] = ErrorCategory.AuthenticationError,
        [FailureKind.EndpointUnreachable] = ErrorCategory.ConnectionError,
        [FailureKind.TableNotActive] = ErrorCategory.ResourceUnavailable,
    };

    private static readonly Dictionary<RestoreProblem, ErrorCategory> RestoreCategories = new()
    {
        [RestoreProblem.NotUsable] = ErrorCategory.InvalidArgument,
        [RestoreProblem.PointInTimeRecoveryOff] = ErrorCategory.NotEnabled,
        [RestoreProblem.PointInTimeNotAvailable] = ErrorCategory.InvalidArgument,
        [RestoreProblem.BackupNotUsable] = ErrorCategory.InvalidArgument,
        [RestoreProblem.SourceNotUsable] = ErrorCategory.InvalidArgument,
        [RestoreProblem.ScratchTableExists] = ErrorCategory.ResourceExists,
        [RestoreProblem.TableReplaced] = ErrorCategory.InvalidOperation,
        [RestoreProblem.TableNotSuitable] = ErrorCategory.InvalidOperation,
        [RestoreProblem.TooManyChanges] = ErrorCategory.LimitsExceeded,
        [RestoreProblem.JournalNotUsable] = ErrorCategory.OpenError,
        [RestoreProblem.JournalDamaged] = ErrorCategory.InvalidData,
        [RestoreProblem.JournalOfOther] = ErrorCategory.InvalidArgument,
        [RestoreProblem.JournalCompleted] = ErrorCategory.ResourceExists,
        [RestoreProblem.StepFailed] = ErrorCategory.OperationStopped,
    };

    /// <summary>The error of one item.</summary>
    /// <param name="failure">What is wrong with it.</param>
    /// <param name="source">The original input object.</param>
    public static ErrorRecord Item(DdbException failure, object? source) => Create(failure, source);

    /// <summary>The error that ends a run, with what became of its items.</summary>
    /// <param name="failure">Why it ended.</param>
    /// <param name="counts">The accounts in words; null where nothing was accepted yet.</param>
    /// <param name="target">The table, or what else is concerned.</param>
    public static ErrorRecord Run(DdbException failure, string? counts, object? target) =>
        Create(counts is null ? failure : new DdbException(failure.Kind, Sentence(failure.Message) + " " + counts, failure), target);

    /// <summary>A checkpoint that cannot be used.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="counts">The accounts in words; null where nothing was accepted yet.</param>
    /// <param name="path">Its path.</param>
    public static ErrorRecord Checkpoint(CheckpointException fault, string? counts, string? path) => new(
        counts is null ? fault : new CheckpointException(fault.Problem, fault.Message + " " + counts, fault),
        "Checkpoint" + fault.Problem,
        fault.Problem is CheckpointProblem.NotUsable ? ErrorCategory.OpenError : ErrorCategory.InvalidArgument,
        path);

    /// <summary>A restore that cannot begin, or not go on.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="stands">What stands, and what to do; null where the message says that.</param>
    /// <param name="target">The table.</param>
    public static ErrorRecord Restore(RestoreException fault, string? stands, object? target) => new(
        stands is null ? fault : new RestoreException(fault.Problem, Sentence(fault.Message) + " " + stands, fault),
        "Restore" + fault.Problem,
        RestoreCategories[fault.Problem],
        target);

    /// <summary>A parameter whose value cannot be used.</summary>
    public static ErrorRecord Parameter(string id, string message, object? value, ErrorCategory category = ErrorCategory.InvalidArgument) =>
        new(new ArgumentException(message), id, category, value);

    /// <summary>A script of the user that failed.</summary>
    public static ErrorRecord Script(string message, Exception cause, ScriptBlock script) =>
        new(new InvalidOperationException(message, cause), "FilterScriptFailed", ErrorCategory.InvalidOperation, script);

    /// <summary>A line that gives no item.</summary>
    public static ErrorRecord Line(string id, string message, string line, Exception? cause = null, ErrorCategory category = ErrorCategory.InvalidData) =>
        new(new FormatException(message, cause), id, category, line);

    // The service's own messages may end without a full stop.
    private static string Sentence(string message) => message.TrimEnd().EndsWith(".", StringComparison.Ordinal) ? message.TrimEnd() : message.TrimEnd() + ".";

    /// <summary>The category of a kind.</summary>
    public static ErrorCategory CategoryOf(FailureKind kind) => Categories[kind];

    private static ErrorRecord Create(DdbException failure, object? target) =>
        new(failure, failure.Kind.ToString(), Categories[failure.Kind], target);
}
