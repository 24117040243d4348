using System;
using System.IO;

namespace DynamoBatch.Core.Tests.Resuming;

/// <summary>A file whose process is killed within a write: a prefix of the bytes gets there, and nothing after.</summary>
internal sealed class DyingStream : MemoryStream
{
    private readonly Func<int, int> _prefix;
    private int _writesLeft;

    /// <summary>Creates the file.</summary>
    /// <param name="content">What is in it.</param>
    /// <param name="writes">Writes that succeed.</param>
    /// <param name="prefix">How many bytes of the next write get there.</param>
    public DyingStream(byte[] content, int writes, Func<int, int> prefix)
    {
        base.Write(content, 0, content.Length);
        Position = 0;
        _writesLeft = writes;
        _prefix = prefix;
    }

    public bool IsDead { get; private set; }

    public int Writes { get; private set; }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Writes++;
        if (IsDead || _writesLeft-- == 0)
        {
            base.Write(buffer, offset, IsDead ? 0 : Math.Min(count, _prefix(count)));
            IsDead = true;
            throw new IOException("No space left on device");
        }

        base.Write(buffer, offset, count);
    }
}
