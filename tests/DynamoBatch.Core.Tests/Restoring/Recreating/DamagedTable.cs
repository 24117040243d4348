using System.Collections.Generic;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Recreating;

namespace DynamoBatch.Core.Tests.Restoring.Recreating;

/// <summary>A table that wants its content back.</summary>
/// <param name="Options">Restores it.</param>
/// <param name="Before">Its description while it was damaged.</param>
/// <param name="Wanted">Its content as it should be.</param>
/// <param name="Damaged">Its content as it is.</param>
/// <param name="JournalPath">Where its restore is journaled.</param>
internal sealed record DamagedTable(
    RecreateOptions Options, TableDescription Before, IReadOnlyList<string> Wanted, IReadOnlyList<string> Damaged, string JournalPath)
{
    public string Name => Options.TableName;
}
