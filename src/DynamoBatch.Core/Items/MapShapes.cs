using System;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DynamoBatch.Core.Items;

/// <summary>The shapes of the maps read so far. Bounded: maps whose names never repeat must not fill the memory. Not thread safe.</summary>
internal sealed class MapShapes
{
    private const int MaxKept = 4096;

    private readonly Func<string, bool> _isReserved;
    private int _kept;

    /// <param name="isReserved">Whether a name is not plain.</param>
    internal MapShapes(Func<string, bool> isReserved) => _isReserved = isReserved;

    /// <summary>The shape of a map without names, where every map starts.</summary>
    internal MapShape Root { get; private set; } = MapShape.Empty();

    /// <summary>Forgets shapes if there are too many. Between items only.</summary>
    internal void NextItem()
    {
        if (_kept > MaxKept)
        {
            _kept = 0;
            Root = MapShape.Empty();
        }
    }

    /// <summary>The shape with the name that the reader is at.</summary>
    /// <param name="shape">The names before it.</param>
    /// <param name="reader">At a property name.</param>
    /// <exception cref="FormatException">The name is not valid text.</exception>
    [MethodImpl(Jit.Hot)]
    internal MapShape Next(MapShape shape, ref Utf8JsonReader reader)
    {
        if (shape.Last is { } last && reader.ValueTextEquals(last.Utf8))
        {
            return last;
        }

        var next = shape.With(JsonText.Read(ref reader), _isReserved, out var isNew);
        _kept += isNew ? 1 : 0;
        return next;
    }
}
