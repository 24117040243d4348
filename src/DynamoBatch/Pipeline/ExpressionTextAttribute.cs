using System;
using System.Management.Automation;

namespace DynamoBatch.Pipeline;

/// <summary>Refuses a script block for an expression of DynamoDB. PowerShell itself would take its text, and DynamoDB complain of a token.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExpressionTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapper ? wrapper.BaseObject : inputData) is ScriptBlock
            ? throw new ArgumentTransformationMetadataException(
                "It takes an expression of DynamoDB as text, such as 'age > :min', and no script block: a script block is for Where-Object.")
            : inputData;
}
