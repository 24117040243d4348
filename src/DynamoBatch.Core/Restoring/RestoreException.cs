using System;

namespace DynamoBatch.Core.Restoring;

/// <summary>A restore cannot begin or go on. The message says why, what stands, and what to do.</summary>
internal sealed class RestoreException : Exception
{
    public RestoreException(RestoreProblem problem, string message, Exception? inner = null)
        : base(message, inner) => Problem = problem;

    public RestoreProblem Problem { get; }
}
