using System.Globalization;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>What a comparison came to. Goes to the journal and comes back from it.</summary>
internal sealed class StagedCounts
{
    /// <summary>Items that vanished, and are put again.</summary>
    public long Put { get; set; }

    /// <summary>Items that have changed.</summary>
    public long Update { get; set; }

    /// <summary>Items that were added, and are deleted.</summary>
    public long Delete { get; set; }

    /// <summary>Items that are as wanted.</summary>
    public long Unchanged { get; set; }

    /// <summary>Items that vanished, but whose time to live has passed.</summary>
    public long Expired { get; set; }

    /// <summary>Items that differ, but are not in the scope.</summary>
    public long OutOfScope { get; set; }

    /// <summary>Write units that the changes take, about: one for each KB begun, without indexes.</summary>
    public long WriteUnits { get; set; }

    /// <summary>Changes in the file.</summary>
    public long Changes => Put + Update + Delete;

    /// <summary>As facts of a journal's record.</summary>
    public (string Name, string? Value)[] ToFacts() =>
    [
        Fact(nameof(Put), Put), Fact(nameof(Update), Update), Fact(nameof(Delete), Delete), Fact(nameof(Unchanged), Unchanged),
        Fact(nameof(Expired), Expired), Fact(nameof(OutOfScope), OutOfScope), Fact(nameof(WriteUnits), WriteUnits),
    ];

    /// <summary>From a journal's record.</summary>
    public static StagedCounts From(JournalRecord record)
    {
        long Read(string name) => long.TryParse(record.Fact(name), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : 0;
        return new StagedCounts
        {
            Put = Read(nameof(Put)),
            Update = Read(nameof(Update)),
            Delete = Read(nameof(Delete)),
            Unchanged = Read(nameof(Unchanged)),
            Expired = Read(nameof(Expired)),
            OutOfScope = Read(nameof(OutOfScope)),
            WriteUnits = Read(nameof(WriteUnits)),
        };
    }

    private static (string Name, string? Value) Fact(string name, long value) => (name, value.ToString(CultureInfo.InvariantCulture));
}
