using System;
using System.Threading.Tasks;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>A way to write many items.</summary>
internal interface IBulkClient : IDisposable
{
    /// <summary>Writes so many rows; returns when all of them are acknowledged.</summary>
    Task WriteAsync(BenchmarkRows rows, int count);
}
