using System.Management.Automation;
using DynamoBatch.Output;

namespace DynamoBatch.Pipeline;

/// <summary>A command that writes what objects hold, not only their keys.</summary>
public abstract class ItemWriteCommand : WriteCommand
{
    /// <summary>Turns text that is exactly a JSON value other than a string into that value.</summary>
    [Parameter]
    public SwitchParameter InferType { get; set; }

    /// <summary>What becomes of an attribute whose text is empty.</summary>
    [Parameter]
    public EmptyStringAction EmptyString { get; set; }
}
