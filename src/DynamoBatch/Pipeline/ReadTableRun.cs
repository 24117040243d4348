using System.Management.Automation;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Pipeline;

/// <summary>One table of a run that reads keys: how keys are encoded, and its accounts.</summary>
internal sealed class ReadTableRun : IRoutedTable
{
    private readonly ReadCounts _ownCounts = new();

    public ReadTableRun(string name) => Name = name;

    public string Name { get; }

    public string? Arn => Table?.Schema.Arn;

    /// <summary>The engine's table; null where it could not be opened, or where objects name none.</summary>
    public ReadTable? Table { get; set; }

    public ObjectEncoder? Encoder { get; set; }

    public DdbException? Failure { get; set; }

    public ReadCounts Counts => Table?.Counts ?? _ownCounts;

    /// <summary>Finds the key in an object, or says why it cannot be.</summary>
    public bool TryEncode(PSObject inputObject, out EncodedItem? item, out DdbException? failure)
    {
        item = null;
        failure = Failure;
        if (failure is null)
        {
            try
            {
                item = Encoder!.Encode(inputObject);
            }
            catch (DdbException exception)
            {
                failure = exception;
            }
        }

        return failure is null;
    }
}
