using System;
using System.Globalization;
using System.Management.Automation;

namespace DynamoBatch.Pipeline;

/// <summary>Lets a TimeSpan parameter take a plain number as seconds. PowerShell itself would take it as 100 ns ticks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapper ? wrapper.BaseObject : inputData;
        object? span = value switch
        {
            int or long or double or decimal => TimeSpan.FromSeconds(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) => TimeSpan.FromSeconds(seconds),
            _ => inputData,
        };
        return span is TimeSpan { Ticks: < 0 }
            ? throw new ArgumentTransformationMetadataException("A time-out cannot be negative.")
            : span;
    }
}
