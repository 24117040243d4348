namespace DynamoBatch.Core.Reading;

/// <summary>
/// The accounts of one table. At the end of every run, however it ends: <c>Accepted = Found + Missing + Failed + NotRead</c>.
/// </summary>
public sealed class ReadCounts
{
    /// <summary>Keys taken from the pipeline, refused ones included.</summary>
    public long Accepted { get; internal set; }

    /// <summary>Keys answered by an item.</summary>
    public long Found { get; internal set; }

    /// <summary>Keys that have no item.</summary>
    public long Missing { get; internal set; }

    /// <summary>Keys that could not be read.</summary>
    public long Failed { get; internal set; }

    /// <summary>Keys that the run's end found waiting.</summary>
    public long NotRead { get; internal set; }

    /// <summary>Requests that carried keys of this table.</summary>
    public long Requests { get; internal set; }

    /// <summary>Keys sent again.</summary>
    public long Retries { get; internal set; }

    /// <summary>Answers that throttled this table, wholly or in part.</summary>
    public long Throttles { get; internal set; }

    /// <summary>Read units as the service reported them.</summary>
    public double ConsumedCapacity { get; internal set; }

    /// <summary>Keys whose fate is not decided yet.</summary>
    public long Pending => Accepted - Found - Missing - Failed - NotRead;

    /// <summary>Counts one decided fate.</summary>
    internal void Count(ReadStatus status) => Add(status, 1);

    /// <summary>A fate was decided, and then came to be another one.</summary>
    internal void Recount(ReadStatus from, ReadStatus to)
    {
        Add(from, -1);
        Add(to, 1);
    }

    /// <summary>Counts a key that could not be asked for.</summary>
    internal void CountUnasked(ReadStatus status)
    {
        Accepted++;
        Count(status);
    }

    private void Add(ReadStatus status, int number)
    {
        switch (status)
        {
            case ReadStatus.Found:
                Found += number;
                break;
            case ReadStatus.Missing:
                Missing += number;
                break;
            case ReadStatus.Failed:
                Failed += number;
                break;
            default:
                NotRead += number;
                break;
        }
    }
}
