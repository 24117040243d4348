using System;

namespace DynamoBatch.Core.Wire;

/// <summary>Variables of the environment. An empty one says nothing, as for the SDK.</summary>
internal static class EnvironmentText
{
    /// <summary>What a variable says; null where it says nothing.</summary>
    public static string? Of(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;
}
