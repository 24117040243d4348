namespace DynamoBatch.Core.Resuming;

/// <summary>An object that failed once. The user may correct it, so its contribution can differ from run to run.</summary>
/// <param name="Hashed">The contribution that the recorded hashes were made with.</param>
/// <param name="Latest">The contribution that was tried last.</param>
internal readonly record struct CorrectableRow(ulong Hashed, ulong Latest);
