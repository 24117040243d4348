using System.Threading;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Comparing;

/// <summary>
/// Keeps two scans in step: of each segment, the side with fewer unmatched items goes on, the other one is a page ahead at most.
/// A service that gives both tables in the same order makes few items wait; one that does not makes more, and nothing else.
/// Without locks: what it says may be out of date, and is asked for again after each page.
/// </summary>
internal sealed class ScanSteps
{
    private readonly int[][] _waiting;
    private readonly int[][] _lead;
    private readonly int[][] _ended;
    private readonly int[] _begun = new int[2];

    public ScanSteps(int segments)
    {
        Segments = segments;
        _waiting = [new int[segments], new int[segments]];
        _lead = [new int[segments], new int[segments]];
        _ended = [new int[segments], new int[segments]];
    }

    public int Segments { get; }

    public ISegmentSteps Of(Side side) => new Steps(this, (int)side);

    /// <summary>A page has come in.</summary>
    public void Page(Side side, int segment, int items) => Volatile.Write(ref _lead[(int)side][segment], items);

    /// <summary>An item waits, or does so no longer.</summary>
    public void Wait(Side side, int segment, int change) => Interlocked.Add(ref _waiting[(int)side][segment], change);

    /// <summary>Whether both scans have met all of a segment.</summary>
    public bool IsEnded(int segment) => Volatile.Read(ref _ended[0][segment]) + Volatile.Read(ref _ended[1][segment]) == 2;

    private sealed class Steps : ISegmentSteps
    {
        private readonly ScanSteps _steps;
        private readonly int _own;
        private readonly int _other;

        public Steps(ScanSteps steps, int side)
        {
            _steps = steps;
            _own = side;
            _other = 1 - side;
        }

        // One of the two sides always may: the one that has begun less, or has less waiting, or is not at its end.
        public bool MayAsk(int segment, bool begun) => begun
            ? Volatile.Read(ref _steps._ended[_other][segment]) == 1
                || Volatile.Read(ref _steps._waiting[_own][segment])
                    <= Volatile.Read(ref _steps._waiting[_other][segment]) + Volatile.Read(ref _steps._lead[_own][segment])
            : Volatile.Read(ref _steps._begun[_own]) <= Volatile.Read(ref _steps._begun[_other]);

        public void Begun(int segment) => Interlocked.Increment(ref _steps._begun[_own]);

        public void Ended(int segment) => Volatile.Write(ref _steps._ended[_own][segment], 1);
    }
}
