using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Recreating;
using DynamoBatch.LocalAws.Faults;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Restoring.Recreating;

/// <summary>Each request of a recreation fails in turn; then the same command runs again.</summary>
public sealed class RecreateFaultTests(RecreateWorld world) : IClassFixture<RecreateWorld>
{
    [Theory]
    [InlineData(FaultKind.Error500After)]
    [InlineData(FaultKind.CutAfter)]
    public async Task A_lost_answer_is_looked_up(FaultKind fault)
    {
        int k = 0;
        while (await TryAsync(FaultControl.MutatingOperations, k, fault, mustSucceed: true))
        {
            k++;
        }

        k.ShouldBeGreaterThan(15);
    }

    /// <summary>Such as a deletion, or its permission, that would meet the restored table.</summary>
    [Fact]
    public async Task A_change_that_lands_late_loses_nothing()
    {
        int k = 0;
        while (await TryAsync(FaultControl.MutatingOperations, k, FaultKind.LateCut, mustSucceed: false))
        {
            k++;
        }

        k.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task A_refused_change_leaves_the_table_or_the_way_back_and_the_same_command_goes_on()
    {
        int k = 0;
        while (await TryAsync(FaultControl.MutatingOperations, k, FaultKind.AccessDenied, mustSucceed: false))
        {
            k++;
        }

        k.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task Any_refused_request_leaves_the_table_or_the_way_back_and_the_same_command_goes_on()
    {
        int k = 1;
        while (await TryAsync(FaultControl.AllOperations, k, FaultKind.AccessDenied, mustSucceed: false))
        {
            k += 6;
        }

        k.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task Too_much_under_way_in_the_account_is_waited_out()
    {
        DamagedTable table = await world.CreateAsync();
        TableSettings before = await world.SettingsAsync(table.Name);
        foreach (string operation in new[] { "RestoreTableToPointInTime", "CreateBackup", "DeleteTable", "RestoreTableFromBackup", "UpdateTable" })
        {
            world.Aws.Faults.Next(operation, 0, 3, FaultKind.LimitExceeded);
        }

        List<string> log = [];
        (await world.RunAsync(table, control: world.Control(log))).Failed.ShouldBeEmpty();

        log.ShouldContain(t => t.StartsWith("RestoreTableFromBackup", StringComparison.Ordinal) && t.Contains("has to wait"));
        await world.MustBeRestoredAsync(table, before);
    }

    /// <summary>Whether there was a k-th request to fail.</summary>
    private async Task<bool> TryAsync(string operations, int k, FaultKind fault, bool mustSucceed)
    {
        DamagedTable table = await world.CreateAsync();
        TableSettings before = await world.SettingsAsync(table.Name);
        world.Aws.Log.Reset();
        world.Aws.Faults.Next(operations, k, 1, fault);

        Exception? error = null;
        RecreateResult? result = null;
        try
        {
            result = await world.RunAsync(table);
        }
        catch (Exception e) when (e is RestoreException or DdbException)
        {
            error = e;
        }

        var hit = world.Aws.Log.Records.FirstOrDefault(r => r.Fault == fault);
        string what = $"{fault} of request {k}, {hit?.Operation}: {error?.Message}";
        if (hit is null)
        {
            error.ShouldBeNull(what);
        }
        else if (error is not null)
        {
            mustSucceed.ShouldBeFalse(what);
            await world.MustBeSafeAsync(table, error.Message);
        }

        world.Aws.Faults.Clear();
        await world.Aws.SettleAsync();
        if (error is not null || result!.Failed.Count > 0)
        {
            mustSucceed.ShouldBeFalse(what + string.Join(", ", result?.Failed ?? []));
            (await world.RunAsync(table)).Failed.ShouldBeEmpty(what);
        }

        await world.MustBeRestoredAsync(table, before, mayHaveScratch: result?.ScratchTableName is not null && !mustSucceed);

        return hit is not null;
    }
}
