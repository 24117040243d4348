namespace DynamoBatch.Core.Tables;

/// <summary>A name that a user may want to type.</summary>
/// <param name="Name">The name; case matters.</param>
/// <param name="Description">What it names, in a few words.</param>
/// <param name="Type">An attribute's type, such as S; null for all else.</param>
public sealed record FoundName(string Name, string Description, string? Type = null);
