using System;

namespace DynamoBatch.Core.Resuming;

/// <summary>A checkpoint cannot be used. Nothing was sent by reason of it.</summary>
internal sealed class CheckpointException : Exception
{
    public CheckpointException(CheckpointProblem problem, string message, Exception? inner = null)
        : base(message, inner) => Problem = problem;

    public CheckpointProblem Problem { get; }
}
