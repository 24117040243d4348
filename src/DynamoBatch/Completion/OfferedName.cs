namespace DynamoBatch.Completion;

/// <summary>A name to be offered.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it names, in a few words.</param>
/// <param name="Code">What is typed in its stead; null where it is the name, quoted where it has to be.</param>
internal sealed record OfferedName(string Name, string Description, string? Code = null);
