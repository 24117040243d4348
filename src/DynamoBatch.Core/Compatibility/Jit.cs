using System.Runtime.CompilerServices;

namespace DynamoBatch.Core;

/// <summary>
/// For methods that run for each item. While a shell starts a pipeline, the runtime is so busy compiling PowerShell itself that
/// they would stay unoptimized for seconds.
/// </summary>
internal static class Jit
{
    /// <summary>Compiled in full at the first call: AggressiveOptimization, which .NET Framework ignores and does not name.</summary>
    public const MethodImplOptions Hot = (MethodImplOptions)512;
}
