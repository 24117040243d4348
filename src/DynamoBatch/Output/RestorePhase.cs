using System;
using System.Globalization;

namespace DynamoBatch.Output;

/// <summary>A phase of a restore.</summary>
public sealed class RestorePhase
{
    /// <summary>What it was.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>How long it took, in all runs of the command.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Such as <c>Restore 00:21:07</c>.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1:hh\\:mm\\:ss}", Name, Elapsed);
}
