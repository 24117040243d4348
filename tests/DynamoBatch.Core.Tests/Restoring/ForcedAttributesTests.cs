using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Restoring.Changes;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Tests.Sending;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Restoring;

/// <summary>A restore of some attributes only, without the fence: nothing else of an item is written.</summary>
public sealed class ForcedAttributesTests : IClassFixture<LocalAwsFixture>, IDisposable
{
    private readonly LocalAwsFixture _fixture;
    private readonly string _folder = Directory.CreateTempSubdirectory("changes").FullName;

    public ForcedAttributesTests(LocalAwsFixture fixture)
    {
        _fixture = fixture;
        _fixture.Aws.Faults.Clear();
    }

    private string Undo => Path.Combine(_folder, "undo");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Newer_values_of_other_attributes_stand()
    {
        WriteTable table = await _fixture.CreateTableAsync();
        await PutAsync(table, ("a", "newer"), ("b", "newer"), ("c", "new"));

        await ApplyAsync(table);

        (await _fixture.ReadItemsAsync(table))["k"].ShouldBe(Item(("a", "good"), ("b", "newer"), ("c", "new")), ignoreOrder: true);
        File.ReadAllText(Undo).ShouldContain("newer", Case.Sensitive, "What was overwritten is filed as it was.");
    }

    [Fact]
    public async Task An_item_that_is_gone_is_put_again()
    {
        WriteTable table = await _fixture.CreateTableAsync();

        await ApplyAsync(table);

        (await _fixture.ReadItemsAsync(table))["k"].ShouldBe(Item(("a", "good"), ("b", "seen")), ignoreOrder: true);
    }

    private static Dictionary<string, string> Item(params (string Name, string Value)[] attributes)
    {
        var item = new Dictionary<string, string> { ["id"] = "k" };
        foreach ((string name, string value) in attributes)
        {
            item[name] = value;
        }

        return item;
    }

    private async Task PutAsync(WriteTable table, params (string Name, object Value)[] attributes)
    {
        using var run = new WriterRun(_fixture.Connection.CreateWriter);
        await run.WriteAsync([Updates.Insert(table, "k", attributes)]);
        run.Outcomes.ShouldBeEmpty();
    }

    private async Task ApplyAsync(WriteTable table)
    {
        string changes = Path.Combine(_folder, "changes");
        using (var file = new AppendFile(changes))
        {
            ChangeFile.Write(
                file,
                Encoding.UTF8.GetBytes("""{"id":{"S":"k"}}"""),
                Encoding.UTF8.GetBytes("""{"id":{"S":"k"},"a":{"S":"bad"},"b":{"S":"seen"}}"""),
                Encoding.UTF8.GetBytes("""{"id":{"S":"k"},"a":{"S":"good"},"b":{"S":"seen"}}"""));
            file.Flush(toDisk: true);
        }

        using var outcomes = new OutcomeFile(Path.Combine(_folder, "outcomes"), 1);
        using var undo = new AppendFile(Undo);
        var options = new ApplyOptions
        {
            Force = true,
            IsOfAttributes = true,
            Writer = signal => new WriterOptions { Signal = signal, TellSuccesses = true, Seed = 1 },
        };
        using var applier = new ChangeApplier(_fixture.Connection, table.Schema, outcomes, undo, options);

        await applier.RunAsync(ChangeFile.Read(changes, 1), CancellationToken.None);

        applier.TryTakeFailure(out ChangeFailure? failure).ShouldBeFalse(failure?.Message);
        applier.Done.ShouldBe(1);
    }
}
