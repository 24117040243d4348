namespace DynamoBatch.Core.Resuming;

/// <summary>A write that is held back until it is known whether a later write of its key is done.</summary>
internal sealed class HeldWrite<T>
{
    public HeldWrite(ResumeVerdict<T> release, ResumeAction otherwise)
    {
        Release = release;
        Otherwise = otherwise;
    }

    /// <summary>What to do if no later write of its key is in the table.</summary>
    public ResumeVerdict<T> Release { get; }

    /// <summary>What to do if one is.</summary>
    public ResumeAction Otherwise { get; }

    /// <summary>Whether a later write of its key, one that does not overwrite it, is in the table or may be.</summary>
    public bool IsLate { get; set; }
}
