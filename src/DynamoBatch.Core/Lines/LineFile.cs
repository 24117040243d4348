using System.IO;

namespace DynamoBatch.Core.Lines;

/// <summary>Opens files of DynamoDB JSON lines, gzipped or not.</summary>
internal static class LineFile
{
    /// <summary>Opens a file; what it is its first bytes say, not its name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is UTF-16 text.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal static LineReader Open(string path)
    {
        // Shared for reading only: a command downstream that would empty this very file is refused by the lock.
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan);
        try
        {
            int first = file.ReadByte(), second = file.ReadByte();
            file.Position = 0;
            if ((first, second) is (0xFF, 0xFE) or (0xFE, 0xFF))
            {
                throw new InvalidDataException("It is UTF-16 text. Read it by Get-Content, and pipe the lines.");
            }

            return new LineReader((first, second) is (0x1F, 0x8B) ? new GzipInput(file) : file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
