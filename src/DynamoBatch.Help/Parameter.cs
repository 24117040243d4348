using System.Collections.Generic;

namespace DynamoBatch.Help;

/// <summary>A parameter, as it is in one parameter set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The name of its type, without namespace; that of a nullable is its value's.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="Position">Its place among the arguments without a name; null where it has to be named.</param>
/// <param name="TakesPipeline">Whether it takes the objects of the pipeline.</param>
/// <param name="TakesWildcards">Whether it takes wildcards.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Values">What an enumeration can be; empty for other types.</param>
internal sealed record Parameter(
    string Name,
    string Type,
    bool IsMandatory,
    int? Position,
    bool TakesPipeline,
    bool TakesWildcards,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Values)
{
    public const string SwitchType = "SwitchParameter";

    public bool IsSwitch => Type == SwitchType;
}
