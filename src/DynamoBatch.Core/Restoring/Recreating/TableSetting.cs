using System;
using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>One setting that the new table must have.</summary>
/// <param name="Name">Its name, in the service's words.</param>
/// <param name="IsMetAsync">Looks whether the new table has it.</param>
/// <param name="ApplyAsync">Asks for it; null where it can only come with the restore.</param>
/// <param name="Command">The AWS CLI command that asks for it.</param>
internal sealed record TableSetting(
    string Name, Func<CancellationToken, Task<bool>> IsMetAsync, Func<CancellationToken, Task>? ApplyAsync, string Command);
