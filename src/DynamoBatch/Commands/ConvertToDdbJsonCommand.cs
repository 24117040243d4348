using System;
using System.Collections;
using System.Management.Automation;
using DynamoBatch.Output;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Commands;

/// <summary>Makes DynamoDB JSON of objects: one item a line, as text or into a file.</summary>
[Cmdlet(VerbsData.ConvertTo, "DdbJson", DefaultParameterSetName = ToPipeline)]
[OutputType(typeof(string))]
public sealed class ConvertToDdbJsonCommand : PSCmdlet, IDisposable
{
    private const string ToPipeline = "Pipeline";
    private const string ToFile = "Path";

    private ItemLines? _lines;

    /// <summary>The objects to convert.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>A file that takes the lines; gzipped where its name ends in .gz.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToFile)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Adds to an existing file.</summary>
    [Parameter(ParameterSetName = ToFile)]
    public SwitchParameter Append { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter(ParameterSetName = ToFile)]
    public SwitchParameter Force { get; set; }

    /// <summary>Properties to leave out; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>The type of named text attributes: S, N, B, BOOL, NULL, SS, NS, BS, L, M, Epoch.</summary>
    [Parameter]
    public IDictionary? AttributeType { get; set; }

    /// <summary>Turns text that is exactly a JSON value other than a string into that value.</summary>
    [Parameter]
    public SwitchParameter InferType { get; set; }

    /// <summary>What becomes of an attribute whose text is empty.</summary>
    [Parameter]
    public EmptyStringAction EmptyString { get; set; }

    /// <summary>Closes the file, however the pipeline ends.</summary>
    public void Dispose() => _lines?.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing() => _lines = new ItemLines(this);

    /// <inheritdoc/>
    protected override void ProcessRecord() => _lines!.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing() => _lines!.Complete();
}
