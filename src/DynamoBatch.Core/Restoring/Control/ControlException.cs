using System;
using Amazon.Runtime;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>A control-plane request was refused, or its answer was lost. Callers decide by <see cref="Code"/> and <see cref="IsAmbiguous"/>.</summary>
internal sealed class ControlException : Exception
{
    public ControlException(string action, string subject, Fault fault, Exception cause)
        : base(Word(action, subject, fault), cause)
    {
        Action = action;
        Code = (cause as AmazonServiceException)?.ErrorCode ?? string.Empty;
        IsAmbiguous = fault.Reply is ReplyKind.Ambiguous;
    }

    /// <summary>The operation, such as CreateBackup.</summary>
    public string Action { get; }

    /// <summary>The error code of the service, such as TableInUseException; empty where there is none.</summary>
    public string Code { get; }

    /// <summary>Whether it may have taken effect: a lost answer, a time-out, a server error. Look before asking again.</summary>
    public bool IsAmbiguous { get; }

    /// <summary>Whether the code is one of these.</summary>
    public bool Is(params string[] codes) => Array.IndexOf(codes, Code) >= 0;

    private static string Word(string action, string subject, Fault fault) => fault.Reply is ReplyKind.Ambiguous
        ? $"Whether {action} of '{subject}' took effect is not known. {fault.Message.TrimEnd('.')}."
        : $"{action} of '{subject}' was refused. {fault.Message.TrimEnd('.')}.";
}
