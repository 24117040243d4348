using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DynamoBatch.Core.Resuming;
using Shouldly;
using Xunit;
using static DynamoBatch.Core.Tests.Resuming.CheckpointTesting;

namespace DynamoBatch.Core.Tests.Resuming;

/// <summary>What holds for any input, any faults and any kills, within a write to the file too. A failing seed is in the test's name.</summary>
public class ResumeLaws
{
    private static readonly SimulatedVerb[][] Commands =
    [
        [SimulatedVerb.Put],
        [SimulatedVerb.Put, SimulatedVerb.Delete],
        [SimulatedVerb.Set],
        [SimulatedVerb.Set, SimulatedVerb.Add],
        [SimulatedVerb.AddOnce],
        [SimulatedVerb.Put, SimulatedVerb.Delete, SimulatedVerb.Set, SimulatedVerb.Add, SimulatedVerb.AddOnce],
    ];

    public static TheoryData<int> Seeds()
    {
        var seeds = new TheoryData<int>();
        foreach (int seed in Enumerable.Range(1, 300))
        {
            seeds.Add(seed);
        }

        return seeds;
    }

    /// <summary>That nothing done is skipped wrongly or sent again, the runs themselves watch.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Killed_and_resumed_runs_leave_what_one_by_one_would(int seed)
    {
        var random = new Random(seed);
        var world = new SimulatedWorld();
        SimulatedVerb[] verbs = Commands[seed % Commands.Length];
        int keys = 1 + random.Next(60);
        double trouble = random.NextDouble();
        Extend(world, random, verbs, keys, random.Next(1, 400));
        byte[] file = [];

        for (int kills = random.Next(1, 6); kills > 0; kills--)
        {
            (file, _) = Run(world, random, file, trouble, steps: random.Next(2500), writes: random.Next(60));
            Correct(world, random, file, keys);
            Extend(world, random, verbs, keys, random.Next(3) * 20);
        }

        (file, SimulatedRun last) = Run(world, random, file, trouble * random.Next(2), int.MaxValue, int.MaxValue);

        last.Outcomes.Keys.Order().ShouldBe(world.Input.Select(r => r.Ordinal), "each object has one outcome");
        var open = world.Input.Where(r => IsOpen(world, r, last)).Select(r => r.Key).ToHashSet();
        var expected = new SimulatedTable();
        foreach (SimulatedRow row in world.Input.Where(r => last.Outcomes[r.Ordinal] == "done"))
        {
            expected.Apply(row);
        }

        world.Table.Describe(without: open).ShouldBe(expected.Describe(without: open));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_changed_input_is_refused_before_anything_of_its_block_is_told(int seed)
    {
        var random = new Random(seed);
        var world = new SimulatedWorld();
        Extend(world, random, [SimulatedVerb.Put], 50, 300);
        (byte[] file, _) = Run(world, random, [], trouble: 0.5, steps: random.Next(200, 3000), writes: int.MaxValue);
        CheckpointHistory history = Journal(file).History;
        var changeable = world.Input.Where(r => r.Ordinal <= history.LastOrdinal && !history.TryGetCorrectable(r.Ordinal, out _)).ToList();
        if (changeable.Count == 0)
        {
            return;
        }

        int at = world.Input.IndexOf(changeable[random.Next(changeable.Count)]);
        world.Input[at] = world.Input[at] with { Value = -1 };
        var gate = new ResumeGate<string, SimulatedRow>(history);
        long told = 0;

        Should.Throw<CheckpointException>(() =>
        {
            foreach (SimulatedRow row in world.Input)
            {
                gate.Offer(row.Offered);
                while (gate.TryRead(out ResumeVerdict<SimulatedRow> verdict))
                {
                    told = Math.Max(told, verdict.Ordinal);
                }
            }
        }).Problem.ShouldBe(CheckpointProblem.InputChanged);

        told.ShouldBeLessThanOrEqualTo(at);
        gate.TryRead(out _).ShouldBeFalse();
    }

    /// <summary>Keys of which nobody can tell what they hold: an outcome was never told, or a failed repetition of what a killed run had sent.</summary>
    private static bool IsOpen(SimulatedWorld world, SimulatedRow row, SimulatedRun last) =>
        last.Outcomes[row.Ordinal] == "unknown" || (last.Outcomes[row.Ordinal] == "failed" && world.Landed.Contains(row.Ordinal));

    private static void Extend(SimulatedWorld world, Random random, SimulatedVerb[] verbs, int keys, int count)
    {
        double bad = random.NextDouble() * 0.1;
        for (int i = 0; i < count; i++)
        {
            world.Input.Add(new SimulatedRow(
                world.Input.Count + 1,
                "k" + random.Next(keys),
                verbs[random.Next(verbs.Length)],
                random.Next(1, 1000),
                IsRefused: random.NextDouble() < bad,
                IsRejected: random.NextDouble() < bad));
        }
    }

    /// <summary>Some of what failed for good is corrected, its key too.</summary>
    private static void Correct(SimulatedWorld world, Random random, byte[] file, int keys)
    {
        CheckpointHistory history = Journal(file).History;
        foreach (SimulatedRow row in world.Input.Where(r => history.Find(r.Ordinal).State is RecordedState.Failed).ToList())
        {
            if (!world.Uncertain.Contains(row.Ordinal) && random.Next(2) == 0)
            {
                world.Input[(int)row.Ordinal - 1] = row with
                {
                    Key = random.Next(2) == 0 ? row.Key : "k" + random.Next(keys),
                    Value = random.Next(1, 1000),
                    IsRefused = random.Next(8) == 0,
                    IsRejected = random.Next(8) == 0,
                };
            }
        }
    }

    private static CheckpointJournal Journal(byte[] file) => Open(new DyingStream(file, int.MaxValue, _ => 0));

    private static (byte[] File, SimulatedRun Run) Run(SimulatedWorld world, Random random, byte[] file, double trouble, int steps, int writes)
    {
        // The header's own write is not killed here: a torn header is a test of its own.
        var stream = new DyingStream(file, writes == int.MaxValue ? writes : writes + 1, count => random.Next(count + 1));
        var run = new SimulatedRun(world, random, Open(stream)) { Trouble = trouble };
        run.Go(steps, () => stream.IsDead);
        return (stream.ToArray(), run);
    }
}
