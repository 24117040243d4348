using System;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.Core.Restoring.Recreating;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Restoring.Recreating;

/// <summary>A recreation is killed at every moment that matters: around each change that it asks for, and before each line of its journal.</summary>
public sealed class RecreateKillTests(RecreateWorld world) : IClassFixture<RecreateWorld>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_killed_around_a_request_is_gone_on_with(bool afterEffect)
    {
        int k = 0;
        while (await TryAsync(k, afterEffect, null))
        {
            k++;
        }

        k.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task A_run_killed_before_a_line_of_the_journal_is_gone_on_with()
    {
        // The first line is the journal's own.
        int k = 1;
        while (await TryAsync(null, false, k))
        {
            k++;
        }

        k.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task A_run_killed_again_and_again_is_gone_on_with()
    {
        DamagedTable table = await world.CreateAsync();
        TableSettings before = await world.SettingsAsync(table.Name);

        for (int k = 0; await KillAsync(table, 2 + (k % 2), k % 3 == 0, null); k++)
        {
            await world.MustBeSafeAsync(table, null);
        }

        await world.MustBeRestoredAsync(table, before);
    }

    private async Task<bool> TryAsync(int? atRequest, bool afterEffect, int? atJournalWrite)
    {
        DamagedTable table = await world.CreateAsync();
        TableSettings before = await world.SettingsAsync(table.Name);
        bool killed = await KillAsync(table, atRequest, afterEffect, atJournalWrite);
        if (killed)
        {
            await world.MustBeSafeAsync(table, null);
            (await world.RunAsync(table)).Failed.ShouldBeEmpty($"killed at request {atRequest}, line {atJournalWrite}");
        }

        await world.MustBeRestoredAsync(table, before);
        return killed;
    }

    /// <summary>Runs until it dies; whether it did.</summary>
    private async Task<bool> KillAsync(DamagedTable table, int? atRequest, bool afterEffect, int? atJournalWrite)
    {
        (IAmazonDynamoDB client, KillSwitch kill) = KillSwitch.Create(world.Client, world.Clock, atRequest, afterEffect, atJournalWrite);
        var place = new ControlPlace("here", "test", "--region here");
        var control = new TableControl(new ControlCaller(client, place, (f, t) => new DdbException(f.Kind, f.Message), RecreateWorld.Pace, world.Clock, _ => { }), _ => { });
        using RestoreJournal journal = world.Open(table, kill.JournalClock);
        Task run = RunAsync();
        await Task.WhenAny(run, kill.Killed);
        if (kill.Killed.IsCompleted)
        {
            return true;
        }

        await run;
        return false;

        async Task RunAsync()
        {
            var recreate = new RecreateRun(control, journal, table.Options);
            await recreate.RecreateAsync(await recreate.PrepareAsync(default), default);
        }
    }
}
