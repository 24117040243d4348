using System.Management.Automation;
using DynamoBatch.Output;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Commands;

/// <summary>Makes objects of lines of DynamoDB JSON: bare items, exports to S3, and -FailedItemPath files.</summary>
[Cmdlet(VerbsData.ConvertFrom, "DdbJson", DefaultParameterSetName = FromPipeline)]
[OutputType(typeof(PSObject))]
public sealed class ConvertFromDdbJsonCommand : PSCmdlet
{
    private const string FromPipeline = "Pipeline";
    private const string FromPath = "Path";
    private const string FromLiteralPath = "LiteralPath";

    private LineConverter? _converter;

    /// <summary>The lines to convert.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = FromPipeline)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>Files of lines, gzipped or not; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Files of lines, gzipped or not; names are taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromLiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Adds a property of this name that holds the table of a -FailedItemPath line.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TableNameProperty { get; set; }

    /// <summary>Takes only lines of a -FailedItemPath file of these verbs.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public FailedItemVerb[]? Verb { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _converter = new LineConverter(this);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == FromPipeline)
        {
            _converter!.Take(InputObject);
            return;
        }

        foreach (string file in InputPaths.Resolve(this, Path, LiteralPath))
        {
            _converter!.Read(file);
        }
    }
}
