using DynamoBatch.Core.Items;
using DynamoBatch.Output;

namespace DynamoBatch.Pipeline;

/// <summary>What -EmptyString means to the engine.</summary>
internal static class EmptyStringParameter
{
    public static EmptyStringHandling Read(EmptyStringAction action) => action switch
    {
        EmptyStringAction.Omit => EmptyStringHandling.Omit,
        EmptyStringAction.Null => EmptyStringHandling.Null,
        _ => EmptyStringHandling.Keep,
    };
}
