namespace DynamoBatch.Core.Batching;

/// <summary>
/// The accounts of one table. At the end of every run, however it ends:
/// <c>Accepted = Succeeded + Failed + Unknown + Replaced + NotSent + Skipped</c>.
/// </summary>
public sealed class WriteCounts
{
    /// <summary>Items taken from the pipeline, refused ones included.</summary>
    public long Accepted { get; internal set; }

    /// <summary>Writes that the service acknowledged.</summary>
    public long Succeeded { get; internal set; }

    /// <summary>Writes that are known not to have been made.</summary>
    public long Failed { get; internal set; }

    /// <summary>Writes of which the service never told the outcome.</summary>
    public long Unknown { get; internal set; }

    /// <summary>Writes made void by a later, acknowledged write of the same key, before they were sent.</summary>
    public long Replaced { get; internal set; }

    /// <summary>Writes that the run's end found waiting.</summary>
    public long NotSent { get; internal set; }

    /// <summary>Writes that an earlier run had already made.</summary>
    public long Skipped { get; internal set; }

    /// <summary>Requests that carried items of this table.</summary>
    public long Requests { get; internal set; }

    /// <summary>Items sent again.</summary>
    public long Retries { get; internal set; }

    /// <summary>Answers that throttled this table, wholly or in part.</summary>
    public long Throttles { get; internal set; }

    /// <summary>Write units as the service reported them.</summary>
    public double ConsumedCapacity { get; internal set; }

    /// <summary>Bytes of the written items, as DynamoDB counts them.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Items whose fate is not decided yet.</summary>
    public long Pending => Accepted - Succeeded - Failed - Unknown - Replaced - NotSent - Skipped;

    /// <summary>Counts one decided fate.</summary>
    internal void Count(WriteStatus status, int size)
    {
        switch (status)
        {
            case WriteStatus.Succeeded:
                Succeeded++;
                Bytes += size;
                break;
            case WriteStatus.Failed:
                Failed++;
                break;
            case WriteStatus.Unknown:
                Unknown++;
                break;
            case WriteStatus.Replaced:
                Replaced++;
                break;
            case WriteStatus.NotSent:
                NotSent++;
                break;
            default:
                Skipped++;
                break;
        }
    }
}
