namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>A setting that could not be carried over.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why.</param>
/// <param name="Command">The command that brings it back.</param>
internal sealed record FailedSetting(string Name, string Reason, string Command);
