namespace DynamoBatch.Core.Wire;

/// <summary>Where credentials came from, in the words that messages need.</summary>
/// <param name="Name">Such as "profile 'ops'". Never a secret.</param>
/// <param name="Renewal">What gets new ones, as a sentence.</param>
internal sealed record CredentialSource(string Name, string Renewal);
