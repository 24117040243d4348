namespace DynamoBatch.Core.Reading;

/// <summary>
/// Says which segments of a scan may go on, for scans that keep in step with another one. Called under the reader's lock: it must
/// answer at once, and take no lock under which the reader is called.
/// </summary>
internal interface ISegmentSteps
{
    /// <summary>Whether a segment's next page may be asked for. Asked again whenever the reader is told to go on.</summary>
    /// <param name="segment">Its number.</param>
    /// <param name="begun">Whether a page of it was ever asked for.</param>
    bool MayAsk(int segment, bool begun);

    /// <summary>The first page of a segment is asked for.</summary>
    void Begun(int segment);

    /// <summary>The last page of a segment has come.</summary>
    void Ended(int segment);
}
