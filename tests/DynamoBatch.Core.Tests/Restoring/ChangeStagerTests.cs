using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Changes;
using DynamoBatch.Core.Updating;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Restoring;

public sealed class ChangeStagerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Every_image_comes_back_as_it_was_filed()
    {
        (string?, string?)[] pairs = [("{\"id\":{\"S\":\"a\\u00fc\"},\"n\":{\"N\":\"1.50\"}}", null), (null, "{\"id\":{\"S\":\"b\"}}"), ("{\"id\":{\"S\":\"c\"},\"x\":{\"L\":[]}}", "{\"id\":{\"S\":\"c\"}}")];

        StagedCounts counts = Stage(new StagingOptions(), pairs);

        counts.Delete.ShouldBe(1);
        counts.Put.ShouldBe(1);
        counts.Update.ShouldBe(1);
        Read(3).Select(c => (Text(c.Seen), Text(c.Wanted))).ShouldBe(pairs);
    }

    [Fact]
    public void Only_the_attributes_in_scope_are_changed_and_the_others_stay_as_they_were_seen()
    {
        Stage(
            new StagingOptions { Attributes = ["status", "gone", "new \"one\"", "nowhere"] },
            ("{\"id\":{\"S\":\"a\"},\"status\":{\"S\":\"BAD\"},\"gone\":{\"S\":\"x\"},\"good\":{\"N\":\"2\"}}", "{\"id\":{\"S\":\"a\"},\"status\":{\"S\":\"ok\"},\"new \\\"one\\\"\":{\"BOOL\":true},\"good\":{\"N\":\"1\"}}"));

        ItemAttributes.Of(Read(1).Single().Wanted).Select(a => $"{a.Key}={Text(a.Value)}").Order(StringComparer.Ordinal)
            .ShouldBe(["good={\"N\":\"2\"}", "id={\"S\":\"a\"}", "new \"one\"={\"BOOL\":true}", "status={\"S\":\"ok\"}"]);
    }

    [Fact]
    public void Whole_items_are_put_and_deleted_whatever_attributes_are_in_scope()
    {
        StagedCounts counts = Stage(new StagingOptions { Attributes = ["status"] }, (null, "{\"id\":{\"S\":\"a\"},\"b\":{\"S\":\"b\"}}"), ("{\"id\":{\"S\":\"c\"}}", null));

        counts.Changes.ShouldBe(2);
        Text(Read(2).First().Wanted).ShouldBe("{\"id\":{\"S\":\"a\"},\"b\":{\"S\":\"b\"}}");
    }

    [Theory]
    [InlineData(true, false, 1, 0, 0)]
    [InlineData(false, true, 1, 1, 0)]
    [InlineData(false, false, 1, 1, 1)]
    public void What_the_switches_leave_out_is_counted(bool missingOnly, bool keepNew, int put, int update, int delete)
    {
        StagedCounts counts = Stage(
            new StagingOptions { MissingOnly = missingOnly, KeepNew = keepNew },
            (null, "{\"id\":{\"S\":\"a\"}}"), ("{\"id\":{\"S\":\"b\"},\"x\":{\"S\":\"\"}}", "{\"id\":{\"S\":\"b\"}}"), ("{\"id\":{\"S\":\"c\"}}", null));

        (counts.Put, counts.Update, counts.Delete, counts.OutOfScope).ShouldBe((put, update, delete, 3 - put - update - delete));
    }

    [Theory]
    [InlineData(-10, 1)]
    [InlineData(10, 0)]
    [InlineData(-6 * 366 * 86400, 0)]
    public void What_would_be_deleted_again_by_its_time_to_live_is_not_put(long secondsFromNow, int expired)
    {
        string item = FormattableString.Invariant($"{{\"id\":{{\"S\":\"a\"}},\"exp\":{{\"N\":\"{Now.ToUnixTimeSeconds() + secondsFromNow}\"}}}}");

        StagedCounts counts = Stage(new StagingOptions { TtlAttribute = "exp", Now = Now }, (null, item));

        (counts.Expired, counts.Put).ShouldBe((expired, 1 - expired));
    }

    [Fact]
    public void A_file_that_is_shorter_than_the_journal_says_is_refused()
    {
        Stage(new StagingOptions(), (null, "{\"id\":{\"S\":\"a\"}}"));

        Should.Throw<RestoreException>(() => Read(2).ToList()).Problem.ShouldBe(RestoreProblem.JournalDamaged);
    }

    private StagedCounts Stage(StagingOptions options, params (string? Seen, string? Wanted)[] pairs)
    {
        using var stager = new ChangeStager(_path, options);
        foreach ((string? seen, string? wanted) in pairs)
        {
            stager.Add("{\"id\":{\"S\":\"k\"}}"u8.ToArray(), Bytes(seen), Bytes(wanted));
        }

        stager.Complete();
        return stager.Counts;
    }

    private IEnumerable<StagedChange> Read(long count) => ChangeFile.Read(_path, count);

    private static byte[] Bytes(string? text) => text is null ? [] : Encoding.UTF8.GetBytes(text);

    private static string? Text(ReadOnlyMemory<byte> json) => json.IsEmpty ? null : Encoding.UTF8.GetString(json.Span);
}
