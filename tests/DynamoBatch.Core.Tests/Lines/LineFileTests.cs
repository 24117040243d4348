using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using DynamoBatch.Core.Lines;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Lines;

public sealed class LineFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        File.Delete(_path);
        File.Delete(_path + ".gz");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\n\nb", "a||b")]
    [InlineData("\uFEFFa\nb\n", "a|b")]
    [InlineData("\n", "")]
    public void Lines_are_numbered_from_one(string text, string lines)
    {
        File.WriteAllText(_path, text, new UTF8Encoding(false));
        var read = ReadAll(_path, out var fault);
        fault.ShouldBeNull();
        string.Join("|", read).ShouldBe(lines);
    }

    [Fact]
    public void A_line_longer_than_any_buffer_is_whole()
    {
        var lines = new[] { "a", new string('x', 1_000_000), "b", new string('y', 3_000_000) };
        File.WriteAllText(_path, string.Join("\n", lines));
        ReadAll(_path, out _).ShouldBe(lines);
    }

    [Fact]
    public void A_line_longer_than_any_item_is_passed_over()
    {
        File.WriteAllText(_path, "a\n" + new string('x', LineReader.MaxLength * 2) + "\nb");
        using var reader = LineFile.Open(_path);
        var tooLong = new List<long>();
        var lines = new List<string>();
        while (reader.TryRead(out var line))
        {
            if (reader.IsTooLong)
            {
                tooLong.Add(reader.Number);
            }
            else
            {
                lines.Add(Encoding.UTF8.GetString(line));
            }
        }

        tooLong.ShouldBe([2]);
        lines.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Zipped_lines_are_told_by_their_bytes_and_come_back_in_members_appended()
    {
        Write(_path + ".gz", 0, 1000);
        Write(_path + ".gz", 1000, 1000);
        File.Move(_path + ".gz", _path);
        var read = ReadAll(_path, out var fault).Where(l => l.Length > 0).ToList();
        fault.ShouldBeNull();
        read.ShouldBe(Enumerable.Range(0, 2000).Select(Line));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(2)]
    public void Zipped_data_cut_off_anywhere_is_noticed(int members)
    {
        for (var i = 0; i < members; i++)
        {
            Write(_path + ".gz", i * 20, 20);
        }

        var whole = File.ReadAllBytes(_path + ".gz");
        var all = Enumerable.Range(0, members * 20).Select(Line).ToList();
        var ends = MemberEnds(whole);
        ends.Count.ShouldBe(members);
        for (var length = 2; length <= whole.Length; length++)
        {
            File.WriteAllBytes(_path, whole.AsSpan(0, length).ToArray());
            var read = ReadAll(_path, out var fault).Where(l => l.Length > 0).ToList();
            if (ends.Contains(length))
            {
                fault.ShouldBeNull($"{length} of {whole.Length} bytes are whole members");
            }
            else
            {
                fault.ShouldNotBeNull($"{length} of {whole.Length} bytes");
                read = read.Take(Math.Max(0, read.Count - 1)).ToList(); // The last may be half a line.
            }

            read.ShouldBe(all.Take(read.Count));
        }
    }

    [Fact]
    public void Damaged_zipped_data_is_noticed()
    {
        Write(_path + ".gz", 0, 5000);
        var bytes = File.ReadAllBytes(_path + ".gz");
        bytes[bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(_path, bytes);
        ReadAll(_path, out var fault);
        fault.ShouldBeOfType<InvalidDataException>();
    }

    [Fact]
    public void Sizes_around_the_buffers_are_whole()
    {
        var random = new Random(7);
        foreach (var size in new[] { 1, 8170, 8192, 16384, 65535, 65536, 131072, 300000 })
        {
            var text = new byte[size];
            random.NextBytes(text); // Hardly compressible, so the file is about as long.
            var line = Convert.ToBase64String(text);
            using (var zip = new GZipStream(File.Create(_path), CompressionLevel.NoCompression))
            {
                zip.Write(Encoding.ASCII.GetBytes(line));
            }

            ReadAll(_path, out var fault).ShouldBe([line], $"{size} bytes");
            fault.ShouldBeNull($"{size} bytes");
        }
    }

    [Fact]
    public void Text_of_two_byte_characters_is_refused()
    {
        File.WriteAllText(_path, "a", Encoding.Unicode);
        Should.Throw<InvalidDataException>(() => LineFile.Open(_path));
    }

    [Fact]
    public void A_line_is_not_added_to_one_that_was_cut_off()
    {
        File.WriteAllText(_path, "half");
        using (var writer = new LineWriter(_path, append: true))
        {
            writer.Add("whole"u8);
            writer.Complete();
        }

        ReadAll(_path, out _).ShouldBe(["half", "whole"]);
    }

    [Fact]
    public void What_was_there_stays_until_the_first_line()
    {
        File.WriteAllText(_path, "old\n");
        using (new LineWriter(_path, append: false))
        {
        }

        File.ReadAllText(_path).ShouldBe("old\n");
        using (var writer = new LineWriter(_path, append: false))
        {
            writer.Add("new"u8);
        }

        File.ReadAllText(_path).ShouldBe("new\n");
        using (var writer = new LineWriter(_path, append: false))
        {
            writer.Complete();
        }

        File.ReadAllText(_path).ShouldBeEmpty();
    }

    private static string Line(int i) => FormattableString.Invariant($"{{\"id\":{{\"S\":\"user-{i}\"}},\"n\":{{\"N\":\"{i * 7919L % 1000}\"}}}}");

    private static void Write(string path, int first, int count)
    {
        using var writer = new LineWriter(path, append: true);
        for (var i = first; i < first + count; i++)
        {
            writer.Add(Encoding.ASCII.GetBytes(Line(i)));
        }

        writer.Complete();
    }

    // Where the next member begins: by its header, which LineWriter always writes alike.
    private static List<int> MemberEnds(byte[] whole)
    {
        var ends = new List<int>();
        for (var i = 1; i < whole.Length - 4; i++)
        {
            if (whole.AsSpan(i, 4).SequenceEqual(whole.AsSpan(0, 4)))
            {
                ends.Add(i);
            }
        }

        ends.Add(whole.Length);
        return ends;
    }

    private static List<string> ReadAll(string path, out Exception? fault)
    {
        using var reader = LineFile.Open(path);
        var lines = new List<string>();
        while (reader.TryRead(out var line))
        {
            lines.Add(Encoding.UTF8.GetString(line));
            reader.Number.ShouldBe(lines.Count);
        }

        fault = reader.Fault;
        return lines;
    }
}
