using System.Collections;
using System.Management.Automation;
using DynamoBatch.Completion;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Commands;

/// <summary>Reads a table or an index, whole or in part.</summary>
[Cmdlet(VerbsCommunications.Read, "DdbTable", DefaultParameterSetName = Scan)]
[OutputType(typeof(PSObject))]
public sealed class ReadDdbTableCommand : ReadCommand
{
    private const string Scan = "Scan";
    private const string Query = "Query";
    private const string QuerySortKey = "QuerySortKey";
    private const string QueryPrefix = "QueryPrefix";
    private PageReadRun? _run;

    /// <summary>The table's name or ARN.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string? TableName { get; set; }

    /// <summary>An index of the table, to be read instead.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(IndexNameCompleter))]
    public string? IndexName { get; set; }

    /// <summary>Reads only the items of this partition key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Query)]
    [Parameter(Mandatory = true, ParameterSetName = QuerySortKey)]
    [Parameter(Mandatory = true, ParameterSetName = QueryPrefix)]
    [ValidateNotNull]
    public object? PartitionKey { get; set; }

    /// <summary>Of these, the item of this sort key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuerySortKey)]
    [ValidateNotNull]
    public object? SortKey { get; set; }

    /// <summary>Of these, the items whose sort keys begin so.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QueryPrefix)]
    [ValidateNotNull]
    public object? SortKeyPrefix { get; set; }

    /// <summary>Of these, the items from this sort key on.</summary>
    [Parameter(ParameterSetName = Query)]
    [ValidateNotNull]
    public object? SortKeyFrom { get; set; }

    /// <summary>Of these, the items up to this sort key, which is included.</summary>
    [Parameter(ParameterSetName = Query)]
    [ValidateNotNull]
    public object? SortKeyTo { get; set; }

    /// <summary>Gives the items in descending order of their sort keys.</summary>
    [Parameter(ParameterSetName = Query)]
    [Parameter(ParameterSetName = QueryPrefix)]
    public SwitchParameter Descending { get; set; }

    /// <summary>A filter expression of DynamoDB.</summary>
    [Parameter]
    [Alias("FilterExpression")]
    [ValidateNotNullOrEmpty]
    [ExpressionText]
    public string? Filter { get; set; }

    /// <summary>The values of the filter's placeholders.</summary>
    [Parameter]
    [Alias("ExpressionAttributeValue")]
    public IDictionary? FilterValue { get; set; }

    /// <summary>The attribute names of the filter's placeholders.</summary>
    [Parameter]
    [Alias("ExpressionAttributeName")]
    public IDictionary? FilterName { get; set; }

    /// <summary>Ends after so many items.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? First { get; set; }

    /// <summary>Reads only this segment, from 0.</summary>
    [Parameter(ParameterSetName = Scan)]
    [ValidateRange(0, 999999)]
    public int? Segment { get; set; }

    /// <summary>Divides the scan into so many segments.</summary>
    [Parameter(ParameterSetName = Scan)]
    [ValidateRange(1, 1000000)]
    public int? TotalSegment { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _run = new PageReadRun(this);
        _run.Run();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _run?.Dispose();
        }

        base.Dispose(disposing);
    }
}
